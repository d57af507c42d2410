"""The aspects of a check, in the order of judging: each compares one trial with the reference's."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from cvlabs.checks.probe import probe_layers, probe_model, probe_numbers
from cvlabs.checks.task import Case, Task, Trial

Comparison = Callable[[Task, Case, Trial, Trial, bool], str | None]
"""(task, case, got, expected, reveal) -> what is wrong, or `None`."""

RTOL = 1e-4
ATOL = 1e-5  # of the largest expected output


@dataclass(frozen=True)
class Compared:
    """An aspect's name, its title in reports, how it is compared, and what to do where it alone is known."""

    name: str
    title: str
    compare: Comparison
    hint: str


def calls(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The function can be called and returns something."""
    if got["outcome"] != "raised":
        return None
    where = f" ({got['where']})" if got["where"] else ""
    return f"{_written(task, case)} raised {got['type']}: {got['message']}{where}"


def has_form(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """A function of numbers returns one whole number, or a pair of them."""
    wanted = "a pair of numbers" if expected["pair"] else "one number"
    if got["outcome"] != "value" or got["pair"] is not expected["pair"]:
        received = got.get("got") or ("a pair of numbers" if got.get("pair") else "one number")
        return f"{_written(task, case)} must return {wanted}, got {received}."
    return None


def has_value(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """A function of numbers returns the right ones."""
    if got["values"] == expected["values"]:
        return None
    right = f"expected {_number_text(expected)}" if reveal else "which is not right"
    return f"{_written(task, case)} returned {_number_text(got)}, {right}."


def has_shape(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The output has the right shape, with any batch size."""
    if got["outcome"] != "built":
        wanted = "a keras.Model" if "x" not in task.parameters else "a tensor made from x by layers"
        return f"{_written(task, case)} must return {wanted}, got {got.get('got', 'a number')}."
    if len(got["shapes"]) != len(expected["shapes"]):
        return f"{_written(task, case)} has {len(got['shapes'])} outputs, expected {len(expected['shapes'])}."
    for mine, right in zip(got["shapes"], expected["shapes"], strict=True):
        if mine != right:
            return f"{_written(task, case)} gives the shape {_shape(mine)}, expected {_shape(right)}."
    return None


def has_params(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The parameters are as many as expected, also when the function is called twice."""
    mine, right = got["params"], expected["params"]
    if sum(mine) != sum(right):
        more = sum(mine) - sum(right)
        difference = f"{abs(more):,} {'more' if more > 0 else 'fewer'}"
        explained = _explain(Counter(got["weights"]), Counter(expected["weights"]))
        return (
            f"{_written(task, case)} has {sum(mine):,} parameters, expected {sum(right):,}: "
            f"{difference}{explained}."
        )
    if mine != right:
        return f"{mine[1]:,} of the parameters are not trainable, expected {right[1]:,}."
    if got["params_twice"] != expected["params_twice"]:
        return (
            "Two calls of the function share layers: together they have "
            f"{_count(got['params_twice'])} trainable parameters, expected "
            f"{_count(expected['params_twice'])}. "
            "Each call must make its own layers."
        )
    return None


def has_output(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """With equal weights, equal inputs give equal outputs."""
    if len(got["outputs"]) != len(expected["outputs"]):
        return (
            f"{_written(task, case)} gave {len(got['outputs'])} outputs, expected {len(expected['outputs'])}."
        )
    for i, (mine, right) in enumerate(zip(got["outputs"], expected["outputs"], strict=True)):
        if mine.shape != right.shape:
            return (
                f"{_written(task, case)} computes the shape {_shape(mine.shape)}, not {_shape(right.shape)}."
            )
        largest = float(np.abs(right).max())
        if not np.allclose(mine, right, rtol=RTOL, atol=ATOL * largest):
            which = f"output {i + 1}" if len(expected["outputs"]) > 1 else "the output"
            off = float(np.abs(mine.astype(np.float64) - right).max()) / largest
            amount = (
                f"by {off:.2g} of its largest value" if np.isfinite(off) else "by values that are not finite"
            )
            return f"With the same weights and inputs, {which} of {_written(task, case)} is off {amount}."
    return None


def has_training_behaviour(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """With training=True, copies of one sample scatter as much as the right dropout makes them."""
    if len(got["noise"]) != len(expected["noise"]):
        return f"{_written(task, case)} gave {len(got['noise'])} outputs, expected {len(expected['noise'])}."
    for mine, right in zip(got["noise"], expected["noise"], strict=True):
        if abs(mine - right) > case.noise_tolerance * right + 1e-6:
            times = (
                f"{mine / right:.2f} times as much as it should"
                if mine > 1e-6 and right > 1e-6
                else (
                    "although it should not"
                    if right <= 1e-6
                    else "not at all, although dropout should make it"
                )
            )
            return f"With training=True the output of {_written(task, case)} scatters {times}."
    return None


_CALL = Compared(
    "call",
    "can be called",
    calls,
    "Call the function yourself in a new cell and read the error from its last line upwards.",
)
NUMBERS = (
    _CALL,
    Compared(
        "shape",
        "returns numbers in the right form",
        has_form,
        "Look at the return statement: what does it hand back, and what does the text ask for?",
    ),
    Compared(
        "output",
        "returns the right values",
        has_value,
        "Work out one small case with pencil and paper, step by step, and compare.",
    ),
)
LAYERS = (
    _CALL,
    Compared(
        "shape",
        "output shape",
        has_shape,
        "Follow the shape through the function layer by layer: strides, padding, and the last axis.",
    ),
    Compared(
        "params",
        "number of parameters",
        has_params,
        "Count the weights of each layer by hand and compare with model.summary().",
    ),
    Compared(
        "output",
        "output values",
        has_output,
        "The shapes and the parameters are right, so the layers are there: look at their order, at the "
        "activations and at the padding.",
    ),
    Compared(
        "training",
        "behaviour in training",
        has_training_behaviour,
        "Without training=True all is right, so dropout is left: its rate and its place.",
    ),
)

ASPECTS: dict[Callable[..., Trial], tuple[Compared, ...]] = {
    probe_numbers: NUMBERS,
    probe_layers: LAYERS,
    probe_model: LAYERS,
}
"""What is compared of the evidence that each kind of probe gives."""


def _written(task: Task, case: Case) -> str:
    tensor = [f"x of shape {_shape((None, *(case.input_shape or ())))}"] if "x" in task.parameters else []
    given = [f"{name}={value}" for name, value in case.arguments.items()]
    return f"{task.name}({', '.join(tensor + given)})"


def _shape(shape: Iterable[int | None]) -> str:
    return "×".join("N" if n is None else str(n) for n in shape)


def _number_text(trial: Trial) -> str:
    text = ", ".join(f"{n:,}" for n in trial["values"])
    return f"({text})" if trial["pair"] else text


def _count(n: int | None) -> str:
    return "no" if n is None else f"{n:,}"


def _explain(got: Counter[str], expected: Counter[str]) -> str:
    """Lists the weights that are too many and those that are missing, the few that a student can read."""
    extra, missing = got - expected, expected - got
    if extra and not missing and all(key.startswith("bias") for key in extra):
        return f" (biases of {_layers(extra)} that should have none)"
    if missing and not extra and all(key.startswith("bias") for key in missing):
        return f" (the biases of {_layers(missing)})"
    parts = [
        f"{word} {', '.join(f'{n} × {key}' if n > 1 else key for key, n in list(part.items())[:3])}"
        + (" and others" if len(part) > 3 else "")
        for word, part in (("not expected:", extra), ("missing:", missing))
        if part
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def _layers(counter: Counter[str]) -> str:
    n = counter.total()
    return f"{n} layer{'s' if n > 1 else ''}"
