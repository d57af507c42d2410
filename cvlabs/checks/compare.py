"""The aspects of a check, in the order of judging: each compares one trial with the reference's."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from cvlabs.checks import compare_arrays, compare_layers, compare_values
from cvlabs.checks.probe import probe_layers, probe_model, probe_value
from cvlabs.checks.probe_arrays import probe_arrays
from cvlabs.checks.probe_blocks import probe_model_of_blocks
from cvlabs.checks.probe_gradients import probe_gradients
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.wording import call

Comparison = Callable[[Task, Case, Trial, Trial, bool], str | None]
"""(task, case, got, expected, reveal) -> what is wrong, or `None`."""


@dataclass(frozen=True)
class Compared:
    """An aspect of a check.

    Args:
        name: Its name.
        title: Its title in reports.
        compare: How it is compared.
        hint: What to do where nothing is known but that it fails.
        runs: Whether it is seen only where a network is run.
        samples: Whether it is measured with a sampling error. Then misconceptions are compared in it only
            where an answer fails in it: other differences name them more surely.
    """

    name: str
    title: str
    compare: Comparison
    hint: str
    runs: bool = False
    samples: bool = False


_SYMBOLIC = ("KerasTensor", "symbolic", "None")
"""Of which the messages tell that values were missed."""
_SHAPE = re.compile(r"[\[(]None[, ][^\])]*[\])]")  # such as (None, 7, 7, 64)


def calls(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The function can be called and returns something."""
    if got["outcome"] != "raised":
        return None
    end = "\n" if "\n" in got["message"] else " "  # such messages end in an example
    where = f"{end}({got['where']})" if got["where"] else ""
    message = f": {got['message']}" if got["message"] else ""
    problem = f"{call(task, case)} raised {got['type']}{message}{where}"
    if not got["eager"]:
        return problem
    later = f"{problem.rstrip('.')}{'.' * (end == ' ')}{end}It works on a tensor that holds values, but a "
    if any(word in _SHAPE.sub("", got["message"]) for word in _SYMBOLIC):
        return (
            f"{later}network is built with keras.Input, before there are any: compute with keras.ops in "
            "place of NumPy, tf.* and Python's if and for on values."
        )
    return f"{later}network is built with keras.Input, before there are any; do as the message says."


_CALL = Compared(
    "call",
    "can be called",
    calls,
    "Call the function yourself in a new cell and read the error from its last line upwards.",
)


def _with_run(*aspects: Compared) -> tuple[Compared, ...]:
    """Aspects of a function that computes with values, so that there is nothing to see without a run."""
    return tuple(replace(aspect, runs=True) for aspect in aspects)


VALUES = (
    _CALL,
    Compared(
        "shape",
        "form of the result",
        compare_values.has_form,
        "Look at the return statement: what does it return, and what does the text ask for?",
    ),
    Compared(
        "output",
        "returned values",
        compare_values.has_value,
        "Work out one small case with pencil and paper, step by step, and compare.",
    ),
)
ARRAYS = _with_run(
    _CALL,
    Compared(
        "shape",
        "shape of the result",
        compare_arrays.has_shape,
        "Follow the shape through the function: which axes are averaged away, and which should come back?",
    ),
    Compared(
        "output",
        "values of the result",
        compare_arrays.has_value,
        "Take an array of a few numbers, work out the result with pencil and paper, and compare.",
    ),
)
LAYERS = (
    _CALL,
    Compared(
        "shape",
        "output shape",
        compare_layers.has_shape,
        "Follow the shape through the function layer by layer: strides, padding, and the last axis.",
    ),
    Compared(
        "params",
        "number of parameters",
        compare_layers.has_params,
        "Count the weights of each layer by hand and compare with model.summary().",
    ),
    Compared(
        "output",
        "output values",
        compare_layers.has_output,
        "The shapes and the parameters are right, so the layers are there: look at their order, at the "
        "activations and at the padding.",
        runs=True,
    ),
    Compared(
        "training",
        "behaviour in training",
        compare_layers.has_training_behaviour,
        "Without training=True all is right, so what acts in training alone is left: the rate, the kind and "
        "the place of dropout.",
        runs=True,
        samples=True,
    ),
)

ASPECTS: dict[Callable[..., Trial], tuple[Compared, ...]] = {
    probe_value: VALUES,
    probe_gradients: _with_run(*VALUES),
    probe_arrays: ARRAYS,
    probe_layers: LAYERS,
    probe_model: LAYERS,
    probe_model_of_blocks: LAYERS,
}
"""What is compared of the evidence that each kind of probe gives."""
