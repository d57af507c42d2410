"""Running a function of a model and a batch that returns a number for each layer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import keras
import numpy as np
from keras import layers

from cvlabs.checks import weights
from cvlabs.checks.calling import Function
from cvlabs.checks.probe import probe_value
from cvlabs.checks.task import Case, Trial


def probe_gradients(answer: Function, case: Case) -> Trial:
    """Calls a function of `model`, `x` and `y` that returns pairs of a layer's name and a number, or a
    dictionary.

    The case's argument `model` says what the model is made of, see `small_model`. The pairs come in the order
    of the model's layers, whatever order the answer has.
    """
    model = small_model(case.arguments["model"], case.input_shape or ())  # type: ignore[arg-type]
    weights.fill(model, case.seed)
    generator = np.random.default_rng(case.seed)
    x = case.mean + case.scale * generator.standard_normal((case.batch, *model.input_shape[1:]), np.float32)
    y = generator.integers(0, model.output_shape[-1], case.batch, np.int32)

    def run() -> object:
        given = (model, x, y) if case.positional else ()
        named = {} if case.positional else {"model": model, "x": x, "y": y}
        return _in_order(answer(*given, **named), [layer.name for layer in model.layers])

    return probe_value(run, replace(case, arguments={}))


def small_model(rows: Sequence[tuple[str, int, int]], input_shape: tuple[int, ...]) -> keras.Model:
    """Builds a model from rows of name, filters and strides, the last of which is the dense layer's.

    Each convolution has biases and is followed by batch normalization and a ReLU, and by the sum with its
    input where the shapes agree.
    """
    *convolutions, (last, classes, _) = rows
    x = inputs = keras.Input(input_shape)
    for name, filters, strides in convolutions:
        y = layers.Conv2D(filters, 3, strides=strides, padding="same", name=name)(x)
        y = layers.ReLU(name=f"{name}_relu")(layers.BatchNormalization(name=f"{name}_bn")(y))
        x = layers.Add(name=f"{name}_add")([x, y]) if x.shape == y.shape else y
    return keras.Model(inputs, layers.Dense(classes, name=last)(layers.GlobalAveragePooling2D()(x)))


def _in_order(result: Any, names: list[str]) -> Any:
    """Pairs in the order of the layers' names; whatever is no list of named rows stays as it is."""
    rows = list(result.items()) if isinstance(result, Mapping) else result
    if not isinstance(rows, Iterable) or isinstance(rows, str):
        return rows
    rows = list(rows)
    named = all(isinstance(row, tuple | list) and row and isinstance(row[0], str) for row in rows)
    return (
        sorted(rows, key=lambda row: names.index(row[0]) if row[0] in names else len(names))
        if named
        else rows
    )
