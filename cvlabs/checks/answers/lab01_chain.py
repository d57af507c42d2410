"""Lab 1: networks as named steps, so that a misconception is a change of one of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import keras
from keras import layers

from cvlabs.checks.answers.lab01_grouped_conv import grouped_conv
from cvlabs.layers import LocalResponseNormalization

Tensor: TypeAlias = keras.KerasTensor
Step = Callable[[Tensor], Tensor]
Steps = dict[str, Step]


def conv(filters: int, kernel_size: int, **options: Any) -> Step:
    """A convolution with ReLU that keeps the size of the map."""
    settings: dict[str, Any] = {"padding": "same", "activation": "relu"}
    return layers.Conv2D(filters, kernel_size, **(settings | options))


def two_groups(filters: int, kernel_size: int, activation: str = "relu") -> Step:
    """The same in two groups."""
    return lambda x: layers.Activation(activation)(grouped_conv(x, filters, kernel_size, 2))


def pool(
    size: int = 3,
    padding: str = "valid",
    kind: type[keras.Layer] = layers.MaxPooling2D,
    strides: int | None = 2,
) -> Step:
    """A pooling with stride 2."""
    return kind(size, strides=strides, padding=padding)


def dense(units: int) -> Step:
    """A dense layer with ReLU."""
    return layers.Dense(units, activation="relu")


def head(classes: int, rate: float = 0.5) -> Steps:
    """AlexNet's three dense layers."""
    return {
        "flatten": layers.Flatten(),
        "dense6": dense(4096),
        "drop6": layers.Dropout(rate),
        "dense7": dense(4096),
        "drop7": layers.Dropout(rate),
        "dense8": layers.Dense(classes),
    }


def lrn() -> Step:
    """AlexNet's normalization."""
    return LocalResponseNormalization()


def model(input_shape: Sequence[int], steps: Mapping[str, Step]) -> keras.Model:
    """The steps one after the other."""
    x = inputs = keras.Input(tuple(input_shape))
    for step in steps.values():
        x = step(x)
    return keras.Model(inputs, x)


def without(steps: Steps, *names: str) -> Steps:
    """The steps without some of them."""
    return {name: step for name, step in steps.items() if name not in names}


def swapped(steps: Steps, *pairs: tuple[str, str]) -> Steps:
    """The steps with pairs of them in each other's place."""
    place = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    return {place.get(name, name): steps[place.get(name, name)] for name in steps}
