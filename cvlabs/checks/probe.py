"""Running an answer on a case: plain data, layers on a tensor, whole models.

A probe runs in the process of the one who wrote the answer, never raises for what the answer does, and
returns plain evidence (`cvlabs.checks.evidence`). It judges nothing.
"""

import contextlib
import copy
import inspect
import math
import random
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np

from cvlabs.checks import evidence, weights
from cvlabs.checks.calling import Function, call_answer, is_not_written, raised
from cvlabs.checks.plain import NotPlain, kind_of, to_plain
from cvlabs.checks.run import results, structure
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.wording import shape as written
from cvlabs.variables import Made, abstract, initialize

Scope = Callable[[], contextlib.AbstractContextManager[Made]]


def probe(task: Task, answer: object, cases: tuple[Case, ...]) -> dict[str, object]:
    """Returns the evidence of `answer` on `cases`, ready for JSON."""
    wrong = signature_problem(task, answer)
    about = {"version": evidence.VERSION, "lab": task.lab, "check": task.name}
    record: dict[str, object] = {**about, "signature": wrong}
    if wrong is None and callable(answer):
        with _standard_conditions():
            record["trials"] = [task.probe(answer, case) for case in cases]
    return record


def signature_problem(task: Task, answer: object) -> str | None:
    """Returns what is wrong with the parameters of `answer`, `None` if it can be called as the lab says."""
    expected = f"{task.name}({', '.join(task.parameters)})"
    if not callable(answer):
        return f"{task.name} must be a function, got {kind_of(answer)}."
    if isinstance(answer, type):
        return f"{task.name} must be a function, got the class {answer.__name__}. Write {expected}."
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):  # no signature to be had, as for some built-in callables
        return None
    tensor = [None] * task.takes_tensor
    by_name = dict.fromkeys(task.parameters[len(tensor) :])
    got = f"{task.name}{signature}"[:200]
    try:
        signature.bind(*[None] * len(task.parameters))
    except TypeError as error:
        return f"It must be callable as {expected}, got {got}: {error}."
    try:
        signature.bind(*tensor, **by_name)
    except TypeError as error:
        return f"The parameters must have these names: {expected}, got {got}: {error}."
    return None


def probe_value(answer: Function, case: Case) -> Trial:
    """Calls a function of plain data that returns plain data: a number, a text, or a list of such, nested."""
    try:
        return {"outcome": "value", "value": to_plain(call_answer(answer, case))}
    except NotPlain as error:
        where = {"path": list(error.path)} if error.path else {}
        return {"outcome": "form", "got": str(error)} | where
    except BaseException as error:  # noqa: BLE001  SystemExit and its kin are answers like any other
        return raised(error)


def probe_layers(answer: Function, case: Case) -> Trial:
    """Calls a function of a tensor that returns a tensor, and runs the network in between.

    The function may add layers or compute with `keras.ops` alone.
    """
    try:
        answer = _without_weights(answer)
    except BaseException as error:  # noqa: BLE001
        return raised(error)
    trial = _built_and_run(_network, answer, case)
    return trial | {"eager": _works_on_values(answer, case, trial)} if "eager" in trial else trial


def probe_model(answer: Function, case: Case) -> Trial:
    """Calls a function that returns a model, and runs the model."""
    return _built_and_run(_model, answer, case)


Build = Callable[[Function, Case], tuple[keras.Model | None, Trial]]
"""Calls an answer: what it built, if that can be run, and its evidence up to there."""


def _built_and_run(build: Build, answer: Function, case: Case) -> Trial:
    """Builds without values, then fills and runs.

    Initial values take longer than all the rest, and the probe replaces them; where nothing is run, VGG's
    would take half a gigabyte. An answer that fails and may have needed values is called once more with them.
    """
    trial, final = _attempt(build, answer, case, abstract)
    return trial if final else _attempt(build, answer, case, _with_values)[0]


def _attempt(build: Build, answer: Function, case: Case, scope: Scope) -> tuple[Trial, bool]:
    """Returns the evidence, and whether it would be the same with values."""
    made = Made()
    try:
        with scope() as made:
            model, trial = build(answer, case)
        if model is None:
            return trial, not _may_need_values(trial, made)
        empty = weights.without_channels(model)
        if empty is not None:
            return {"outcome": "form", "got": f"one in which a layer reads 0 channels ({empty})"}, True
        if case.batch or case.noise_batch:
            weights.fill(model, case.seed, case.grouped, case.groups_differ)
            initialize([*model.variables, *made])  # such as the states of random generators
        lost = weights.lost(model, made)
        return trial | ({"lost": dict(lost)} if lost else {}) | results(model, case), True
    except BaseException as error:  # noqa: BLE001
        trial = raised(error)
        return trial, not _may_need_values(trial, made)


def _may_need_values(trial: Trial, made: Made) -> bool:
    """Whether an answer failed and had to do with values: it read or set one, or Keras missed it.

    An exercise that is as it was handed out, this one or one that is called, fails in any case.
    """
    if is_not_written(trial):
        return False
    return made.asked or "stateless scope" in str(trial)


@contextlib.contextmanager
def _with_values() -> Iterator[Made]:
    yield Made()


def _network(answer: Function, case: Case) -> tuple[keras.Model | None, Trial]:
    """The network that a function of a tensor adds."""
    x = keras.Input(case.input_shape)
    try:
        y = call_answer(answer, case, x)
    except BaseException as error:  # noqa: BLE001
        return None, raised(error) | {"eager": False}
    if not isinstance(y, keras.KerasTensor):
        around = " (return the tensor that it gives for x)" * isinstance(y, keras.Model)
        return None, {"outcome": "form", "got": kind_of(y) + around}
    try:
        model = keras.Model(x, y)
    except ValueError as error:
        if "not connected" not in str(error):
            raise
        own = "one that does not depend on x (is there a keras.Input in the function?)"
        return None, {"outcome": "form", "got": own}
    trial = structure(model, case)
    if case.fresh:
        again = keras.Model(x, call_answer(answer, case, x))
        # By identity, and in two models: a function may give its layers fixed names.
        both = {id(v): v for v in (*model.trainable_variables, *again.trainable_variables)}
        trial["params_twice"] = sum(math.prod(v.shape) for v in both.values())
    return model, trial


def _model(answer: Function, case: Case) -> tuple[keras.Model | None, Trial]:
    """The model that a function returns."""
    model = call_answer(answer, case)
    if not isinstance(model, keras.Model):
        return None, {"outcome": "form", "got": kind_of(model)}
    other = _other_input(model, case)
    if other is not None:
        return None, {"outcome": "form", "got": other}
    return model, structure(model, case)


def _other_input(model: keras.Model, case: Case) -> str | None:
    """Says what a model takes, if that is known and is no input of the case."""
    taken = [tuple(x.shape[1:]) for x in getattr(model, "inputs", None) or ()]
    if len(taken) != 1 or case.input_shape is None:
        return None
    sizes, wanted = taken[0], case.input_shape
    if len(sizes) == len(wanted) and all(n in (None, m) for n, m in zip(sizes, wanted, strict=True)):
        return None
    return (
        f"one for inputs of shape {written(sizes)}, where {written(wanted)} are asked for "
        "(does keras.Input get the argument, and keras.Model what keras.Input returned?)"
    )


def _works_on_values(answer: Function, case: Case, trial: Trial) -> bool:
    """Whether an answer that raised on a symbolic tensor returns something for one with values."""
    if is_not_written(trial) or trial["layer"]:
        return False
    try:
        return call_answer(answer, case, keras.ops.ones((2, *(case.input_shape or ())))) is not None
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001
        return False


def _without_weights(answer: Any) -> Any:
    """A fresh copy of an answer that is a layer instance, so that no trial meets another trial's weights."""
    if type(answer) is keras.Sequential:  # its layers alone: it fixes the input size once it is built
        return keras.Sequential([_without_weights(layer) for layer in answer.layers])
    if isinstance(answer, keras.Layer) and not isinstance(answer, keras.layers.Lambda):
        with contextlib.suppress(
            Exception
        ):  # without a configuration a copy with its weights will have to do
            return type(answer).from_config(answer.get_config())
        with contextlib.suppress(Exception):
            return copy.deepcopy(answer)
    return answer


@contextlib.contextmanager
def _standard_conditions() -> Iterator[None]:
    """Keras' defaults and a fixed random state, whatever the notebook has set; restored afterwards."""
    config = keras.config
    settings: tuple[tuple[Callable[[Any], None], Any, Any], ...] = (
        (config.set_floatx, config.floatx(), "float32"),
        (config.set_epsilon, config.epsilon(), 1e-7),
        (config.set_dtype_policy, config.dtype_policy(), "float32"),
        (config.set_image_data_format, config.image_data_format(), "channels_last"),
    )
    states = random.getstate(), np.random.get_state()
    try:
        for change, _, standard in settings:
            change(standard)
        random.seed(0)
        np.random.seed(0)
        yield
    finally:
        for change, before, _ in settings:
            change(before)
        random.setstate(states[0])
        np.random.set_state(states[1])
