"""Lab 2, the whole network: the right answer and the misconceptions."""

from collections.abc import Sequence
from typing import TypeAlias

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.models.vgg import FILTERS
from cvlabs.models.vgg import vgg as published_vgg

Tensor: TypeAlias = keras.KerasTensor
Shape = tuple[int, int, int]
Convs = Sequence[int]

IMAGE: Shape = (224, 224, 3)


def vgg(convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000) -> keras.Model:
    """VGG from its table."""
    return published_vgg(input_shape, classes, stages=tuple((3,) * convs for convs in convs_per_stage))


def _network(
    convs_per_stage: Convs,
    input_shape: Shape,
    classes: int,
    *,
    filters: Sequence[int] = FILTERS,
    pools: int = 5,
    vector: type[keras.Layer] = layers.Flatten,
    hidden: Sequence[int] = (4096, 4096),
    activation: str | None = "relu",
    rates: Sequence[float] = (0.0, 0.5, 0.5),
    last: str | None = None,
) -> keras.Model:
    """The network with one thing changed.

    `rates` are those of the dropout on the flattened map and behind each hidden layer; `pools` the number of
    stages that end in a pooling.
    """
    x = inputs = keras.Input(input_shape)
    for stage, (convs, width) in enumerate(zip(convs_per_stage, filters, strict=True)):
        for _ in range(convs):
            x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
        if stage < pools:
            x = layers.MaxPooling2D(2)(x)
    x = layers.Dropout(rates[0])(vector()(x))
    for units, rate in zip(hidden, rates[1:], strict=False):
        x = layers.Dropout(rate)(layers.Dense(units, activation=activation)(x))
    return keras.Model(inputs, layers.Dense(classes, activation=last)(x))


def vgg_of_the_paper_only(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """You always build VGG-16. `convs_per_stage` says how many convolutions each stage has."""
    return _network((2, 2, 3, 3, 3), input_shape, classes)


def vgg_that_widens_on(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your filters double in every stage. Look at the table: the last stage is no wider than the fourth."""
    return _network(convs_per_stage, input_shape, classes, filters=(64, 128, 256, 512, 1024))


def vgg_of_one_width(convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000) -> keras.Model:
    """All your stages have 64 filters. After a pooling the channels double."""
    return _network(convs_per_stage, input_shape, classes, filters=(64,) * 5)


def vgg_of_half_the_width(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your stages have half of the filters that they should have. The first one has 64."""
    return _network(convs_per_stage, input_shape, classes, filters=(32, 64, 128, 256, 512))


def vgg_backwards(convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000) -> keras.Model:
    """You read `convs_per_stage` from the wrong end: its first number belongs to the first stage."""
    return _network(tuple(convs_per_stage)[::-1], input_shape, classes)


def vgg_without_the_last_pool(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your last stage does not pool, and the first dense layer reads a map four times as large."""
    return _network(convs_per_stage, input_shape, classes, pools=4)


def vgg_that_averages_the_map(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """You averaged the positions away. That is GoogLeNet's idea; VGG flattens the last map as it is."""
    return _network(convs_per_stage, input_shape, classes, vector=layers.GlobalAveragePooling2D)


def vgg_with_one_hidden_layer(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """One dense layer is missing: there are two of 4096 units before the logits."""
    return _network(convs_per_stage, input_shape, classes, hidden=(4096,))


def vgg_without_hidden_layers(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """The dense layers between the flattened map and the logits are missing."""
    return _network(convs_per_stage, input_shape, classes, hidden=())


def vgg_with_three_hidden_layers(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """You have one hidden dense layer too many. The third dense layer of the table gives the logits."""
    return _network(
        convs_per_stage, input_shape, classes, hidden=(4096, 4096, 4096), rates=(0.0, 0.5, 0.5, 0.5)
    )


def vgg_of_1000_units(convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000) -> keras.Model:
    """Your network always has 1000 classes. `classes` says how many there are."""
    return _network(convs_per_stage, input_shape, 1000)


def vgg_with_linear_dense_layers(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your hidden dense layers are linear. They have a ReLU, like the convolutions."""
    return _network(convs_per_stage, input_shape, classes, activation=None)


def vgg_with_softmax(convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000) -> keras.Model:
    """Your outputs are probabilities. Logits are asked for: the values before the softmax."""
    return _network(convs_per_stage, input_shape, classes, last="softmax")


def vgg_with_relu_at_the_end(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your logits have a ReLU. A score may be negative."""
    return _network(convs_per_stage, input_shape, classes, last="relu")


def vgg_without_dropout(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Nothing is dropped in your network during training."""
    return _network(convs_per_stage, input_shape, classes, rates=(0.0, 0.0, 0.0))


def vgg_with_the_first_dropout_only(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Too little is dropped, as it is without the dropout after the second hidden layer. Are there two, and
    is the rate of both 0.5?
    """
    return _network(convs_per_stage, input_shape, classes, rates=(0.0, 0.5, 0.0))


def vgg_with_the_last_dropout_only(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Too little is dropped, as it is without the dropout after the first hidden layer. Are there two, and
    is the rate of both 0.5?
    """
    return _network(convs_per_stage, input_shape, classes, rates=(0.0, 0.0, 0.5))


def vgg_with_dropout_before_each_layer(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your dropouts come one layer too early: before the hidden layers and not after them."""
    return _network(convs_per_stage, input_shape, classes, rates=(0.5, 0.5, 0.0))


def vgg_that_drops_less(
    convs_per_stage: Convs, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your network drops less than it should. At which rate does VGG drop?"""
    return _network(convs_per_stage, input_shape, classes, rates=(0.0, 0.4, 0.4))


ANSWER = Answer(
    vgg,
    (
        vgg_of_the_paper_only,
        vgg_that_widens_on,
        vgg_of_one_width,
        vgg_of_half_the_width,
        vgg_backwards,
        vgg_without_the_last_pool,
        vgg_that_averages_the_map,
        vgg_with_one_hidden_layer,
        vgg_without_hidden_layers,
        vgg_with_three_hidden_layers,
        vgg_of_1000_units,
        vgg_with_linear_dense_layers,
        vgg_with_softmax,
        vgg_with_relu_at_the_end,
        vgg_without_dropout,
        vgg_with_the_first_dropout_only,
        vgg_with_the_last_dropout_only,
        vgg_with_dropout_before_each_layer,
        vgg_that_drops_less,
    ),
)
