"""Lab 3, the main head: the right answer and the misconceptions."""

from typing import TypeAlias

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer

Tensor: TypeAlias = keras.KerasTensor


def gap_head(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Global average pooling, dropout, one dense layer."""
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)


def gap_head_that_flattens(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """You kept every position of the map. Only one number of each channel should reach the dense layer."""
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(layers.Flatten()(x)))


def gap_head_of_a_fixed_window(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Your average covers 7×7 positions. Maps may be larger: average over the whole map."""
    x = layers.Flatten()(layers.AveragePooling2D(7)(x))
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(x))


def gap_head_that_takes_the_maximum(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """You kept the largest value of each channel. The head should take all positions equally into account."""
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(layers.GlobalMaxPooling2D()(x)))


def gap_head_with_softmax(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """You return probabilities. Logits are asked for: the values before the softmax."""
    return layers.Softmax()(gap_head(x, classes, dropout_rate))


def gap_head_with_sigmoid(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Your values are all between 0 and 1. Logits are asked for: the values before any such function."""
    return layers.Activation("sigmoid")(gap_head(x, classes, dropout_rate))


def gap_head_with_relu(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """You applied a ReLU to the logits. A network must be able to say that a class is unlikely."""
    return layers.ReLU()(gap_head(x, classes, dropout_rate))


def gap_head_without_biases(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Your dense layer has no biases."""
    x = layers.Dropout(dropout_rate)(layers.GlobalAveragePooling2D()(x))
    return layers.Dense(classes, use_bias=False)(x)


def gap_head_with_a_hidden_layer(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """You added a hidden layer. After the average one linear layer is enough: that is the saving."""
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(x.shape[-1], activation="relu")(x)
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(x))


def gap_head_without_dropout(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Nothing is dropped during training. Where do you use dropout_rate?"""
    return layers.Dense(classes)(layers.GlobalAveragePooling2D()(x))


def gap_head_of_a_fixed_rate(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Your dropout has the same rate whatever dropout_rate says. Whoever calls the function should decide."""
    return gap_head(x, classes, 0.4)


def gap_head_dropping_half(x: Tensor, classes: int, dropout_rate: float = 0.5) -> Tensor:
    """When dropout_rate is not given, yours is one half. Look at the default that the exercise asks for."""
    return gap_head(x, classes, dropout_rate)


def gap_head_dropping_the_rest(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """You keep the share that should be dropped. Keras' Dropout takes the share that it sets to zero."""
    return gap_head(x, classes, 1 - dropout_rate)


def gap_head_dropping_logits(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Your dropout comes after the dense layer and sets logits to zero. It should drop features."""
    return layers.Dropout(dropout_rate)(layers.Dense(classes)(layers.GlobalAveragePooling2D()(x)))


def gap_head_with_gaussian_dropout(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """In training your features take other values than zero and one more. Use `Dropout`, not a kind that
    multiplies by any random number, and use it once, between the average and the dense layer.
    """
    x = layers.GaussianDropout(dropout_rate)(layers.GlobalAveragePooling2D()(x))
    return layers.Dense(classes)(x)


def gap_head_with_a_relu_before(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """You apply a ReLU to the features. The exercise has no activation, not before the dense layer either."""
    x = layers.ReLU()(layers.GlobalAveragePooling2D()(x))
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(x))


def gap_head_dropping_pixels(x: Tensor, classes: int, dropout_rate: float = 0.4) -> Tensor:
    """Your dropout comes before the average, which hides its effect. It should drop whole features."""
    x = layers.GlobalAveragePooling2D()(layers.Dropout(dropout_rate)(x))
    return layers.Dense(classes)(x)


ANSWER = Answer(
    gap_head,
    (
        gap_head_that_flattens,
        gap_head_of_a_fixed_window,
        gap_head_that_takes_the_maximum,
        gap_head_with_softmax,
        gap_head_with_sigmoid,
        gap_head_with_relu,
        gap_head_without_biases,
        gap_head_with_a_hidden_layer,
        gap_head_without_dropout,
        gap_head_of_a_fixed_rate,
        gap_head_dropping_half,
        gap_head_dropping_the_rest,
        gap_head_dropping_logits,
        gap_head_dropping_pixels,
        gap_head_with_gaussian_dropout,
        gap_head_with_a_relu_before,
    ),
)
