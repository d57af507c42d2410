"""The whole state of a training: what a checkpoint holds, and what it must agree with."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np

from cvlabs.train.recipe import Recipe

Array = Any


def arrays_of(model: keras.Model) -> dict[str, Array]:
    """Returns the values of a compiled model's variables: weights, statistics, random states, optimizer."""
    if keras.backend.backend() == "jax":
        model.jax_state_sync()  # during `fit` the values are elsewhere
    return {name: keras.ops.convert_to_numpy(v) for name, v in _variables(model).items()}


def are_finite(arrays: Mapping[str, Array]) -> bool:
    """Whether a state is good: no weight is infinite or no number."""
    return all(np.isfinite(x).all() for name, x in arrays.items() if name.startswith("model/"))


def restore(model: keras.Model, arrays: Mapping[str, Array]) -> None:
    """Gives a compiled model's variables the values of `arrays_of`."""
    for name, variable in _variables(model).items():
        variable.assign(arrays[name])


def identity(
    model: keras.Model, recipe: Recipe, batch_size: int, steps: int, data: Mapping[str, Any]
) -> dict[str, Any]:
    """Returns what must be the same for a training to go on: plain data."""
    described = {field.name: _described(getattr(recipe, field.name)) for field in fields(recipe)}
    described.pop("source")
    shapes = [[v.name, list(v.shape)] for v in model.variables]  # paths have counters of Keras
    return described | {"batch": batch_size, "batches per epoch": steps, "variables": shapes, **data}


def check_same(path: Path, found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Checks that a checkpoint is of this training.

    Raises:
        ValueError: It is of another one; the message says in what.
    """
    for name in {**expected, **found}:  # one may say something of its data that the other does not
        there, here = found.get(name), expected.get(name)
        if there == here:
            continue
        called = "the recipe" if name == "name" else name
        what = f"{called} is {there!r} there and {here!r} here"
        if name == "variables":
            what = "the network is another one"
        raise ValueError(
            f"{path} is a checkpoint of another training: {what}. Choose another output, or pass "
            "resume=False to start anew and lose that one."
        )


def _variables(model: keras.Model) -> dict[str, Any]:
    of_metrics = {id(v) for v in model.metrics_variables}  # asked once: it walks the whole model
    own = [v for v in model.variables if id(v) not in of_metrics]
    named = {f"model/{i}": v for i, v in enumerate(own)}
    return named | {f"optimizer/{i}": v for i, v in enumerate(model.optimizer.variables)}


def _described(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return repr(value) if is_dataclass(value) else getattr(value, "__qualname__", type(value).__qualname__)
