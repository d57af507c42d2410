"""Lab 3, the auxiliary head: the right answer and the misconceptions."""

from collections.abc import Callable
from typing import TypeAlias

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.models.googlenet import auxiliary_head as reference

Tensor: TypeAlias = keras.KerasTensor


def _auxiliary(
    x: Tensor,
    classes: int,
    *,
    pool: Callable[[Tensor], Tensor] | None = None,
    conv_activation: str | None = "relu",
    vector: type[keras.Layer] = layers.Flatten,
    dense_activation: str | None = "relu",
    rate: float = 0.7,
    use_bias: bool = True,
) -> Tensor:
    """The head with one thing changed."""
    x = (pool or layers.AveragePooling2D(5, strides=3))(x)
    x = vector()(layers.Conv2D(128, 1, activation=conv_activation, use_bias=use_bias)(x))
    x = layers.Dense(1024, activation=dense_activation, use_bias=use_bias)(x)
    return layers.Dense(classes, use_bias=use_bias)(layers.Dropout(rate)(x))


def auxiliary_head(x: Tensor, classes: int) -> Tensor:
    """The auxiliary classifier of GoogLeNet."""
    return reference(x, classes)


def auxiliary_with_same_padding(x: Tensor, classes: int) -> Tensor:
    """Your average pooling pads the map. Here only whole 5×5 windows count, so 14×14 becomes 4×4."""
    return _auxiliary(x, classes, pool=layers.AveragePooling2D(5, strides=3, padding="same"))


def auxiliary_with_window_strides(x: Tensor, classes: int) -> Tensor:
    """Your pooling moves by its whole window. It should move by less, so that the windows overlap."""
    return _auxiliary(x, classes, pool=layers.AveragePooling2D(5))


def auxiliary_with_a_3x3_window(x: Tensor, classes: int) -> Tensor:
    """The window of your pooling is too small; perhaps its size and its stride are mixed up."""
    return _auxiliary(x, classes, pool=layers.AveragePooling2D(3, strides=3))


def auxiliary_with_max_pooling(x: Tensor, classes: int) -> Tensor:
    """You keep the largest value of each window. The auxiliary head averages."""
    return _auxiliary(x, classes, pool=layers.MaxPooling2D(5, strides=3))


def auxiliary_that_averages_the_map(x: Tensor, classes: int) -> Tensor:
    """You averaged the positions away. The auxiliary head keeps what is left of the map and flattens it."""
    return _auxiliary(x, classes, vector=layers.GlobalAveragePooling2D)


def auxiliary_that_flattens_late(x: Tensor, classes: int) -> Tensor:
    """You flatten after the hidden dense layer, which then sees each position alone. Flatten before it."""
    x = layers.Conv2D(128, 1, activation="relu")(layers.AveragePooling2D(5, strides=3)(x))
    x = layers.Dropout(0.7)(layers.Dense(1024, activation="relu")(x))
    return layers.Dense(classes)(layers.Flatten()(x))


def auxiliary_without_convolution(x: Tensor, classes: int) -> Tensor:
    """One layer is missing: what makes the pooled map narrower before it is flattened?"""
    x = layers.Flatten()(layers.AveragePooling2D(5, strides=3)(x))
    x = layers.Dense(1024, activation="relu")(x)
    return layers.Dense(classes)(layers.Dropout(0.7)(x))


def auxiliary_without_hidden_layer(x: Tensor, classes: int) -> Tensor:
    """One layer is missing: a dense layer comes between the flattened map and the logits."""
    x = layers.Conv2D(128, 1, activation="relu")(layers.AveragePooling2D(5, strides=3)(x))
    return layers.Dense(classes)(layers.Dropout(0.7)(layers.Flatten()(x)))


def auxiliary_without_biases(x: Tensor, classes: int) -> Tensor:
    """Your layers have no biases."""
    return _auxiliary(x, classes, use_bias=False)


def auxiliary_that_convolves_first(x: Tensor, classes: int) -> Tensor:
    """Your convolution comes before the pooling. Pooling first makes the convolution cheaper."""
    x = layers.AveragePooling2D(5, strides=3)(layers.Conv2D(128, 1, activation="relu")(x))
    x = layers.Dense(1024, activation="relu")(layers.Flatten()(x))
    return layers.Dense(classes)(layers.Dropout(0.7)(x))


def auxiliary_without_relu(x: Tensor, classes: int) -> Tensor:
    """All layers of this head are linear. Two of them are followed by a ReLU."""
    return _auxiliary(x, classes, conv_activation=None, dense_activation=None)


def auxiliary_with_a_linear_convolution(x: Tensor, classes: int) -> Tensor:
    """The ReLU after the 1×1 convolution is missing."""
    return _auxiliary(x, classes, conv_activation=None)


def auxiliary_with_a_linear_hidden_layer(x: Tensor, classes: int) -> Tensor:
    """The ReLU after the hidden dense layer is missing."""
    return _auxiliary(x, classes, dense_activation=None)


def auxiliary_with_softmax(x: Tensor, classes: int) -> Tensor:
    """You return probabilities. Logits are asked for: the values before the softmax."""
    return layers.Softmax()(_auxiliary(x, classes))


def auxiliary_without_dropout(x: Tensor, classes: int) -> Tensor:
    """Nothing is dropped during training. The auxiliary head drops most of its hidden features."""
    return _auxiliary(x, classes, rate=0.0)


def auxiliary_that_keeps_the_rate(x: Tensor, classes: int) -> Tensor:
    """You keep the share that should be dropped. Keras' Dropout takes the share that it sets to zero."""
    return _auxiliary(x, classes, rate=0.3)


def auxiliary_with_the_main_rate(x: Tensor, classes: int) -> Tensor:
    """Your dropout has the rate of the main head. The auxiliary head drops more."""
    return _auxiliary(x, classes, rate=0.4)


def auxiliary_dropping_half(x: Tensor, classes: int) -> Tensor:
    """Your dropout has the usual rate of one half. The auxiliary head drops more."""
    return _auxiliary(x, classes, rate=0.5)


def auxiliary_dropping_early(x: Tensor, classes: int) -> Tensor:
    """Your dropout comes before the hidden layer. It should drop what the hidden layer makes."""
    x = layers.Conv2D(128, 1, activation="relu")(layers.AveragePooling2D(5, strides=3)(x))
    x = layers.Dense(1024, activation="relu")(layers.Dropout(0.7)(layers.Flatten()(x)))
    return layers.Dense(classes)(x)


def auxiliary_dropping_logits(x: Tensor, classes: int) -> Tensor:
    """Your dropout comes last and sets logits to zero. It should drop hidden features."""
    return layers.Dropout(0.7)(_auxiliary(x, classes, rate=0.0))


def auxiliary_with_gaussian_dropout(x: Tensor, classes: int) -> Tensor:
    """In training your hidden features take other values than zero and one more. Use `Dropout`, not a kind
    that multiplies by any random number, and use it once, between the two dense layers.
    """
    x = layers.Conv2D(128, 1, activation="relu")(layers.AveragePooling2D(5, strides=3)(x))
    x = layers.Dense(1024, activation="relu")(layers.Flatten()(x))
    return layers.Dense(classes)(layers.GaussianDropout(0.7)(x))


ANSWER = Answer(
    auxiliary_head,
    (
        auxiliary_with_same_padding,
        auxiliary_with_window_strides,
        auxiliary_with_a_3x3_window,
        auxiliary_with_max_pooling,
        auxiliary_that_averages_the_map,
        auxiliary_that_flattens_late,
        auxiliary_without_convolution,
        auxiliary_without_hidden_layer,
        auxiliary_without_biases,
        auxiliary_that_convolves_first,
        auxiliary_without_relu,
        auxiliary_with_a_linear_convolution,
        auxiliary_with_a_linear_hidden_layer,
        auxiliary_with_softmax,
        auxiliary_without_dropout,
        auxiliary_that_keeps_the_rate,
        auxiliary_with_the_main_rate,
        auxiliary_dropping_half,
        auxiliary_dropping_early,
        auxiliary_dropping_logits,
        auxiliary_with_gaussian_dropout,
    ),
)
