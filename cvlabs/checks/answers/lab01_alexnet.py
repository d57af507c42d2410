"""Lab 1, AlexNet: the right answer and the misconceptions."""

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab01_chain import (
    Steps,
    conv,
    dense,
    head,
    lrn,
    model,
    pool,
    swapped,
    two_groups,
    without,
)

Shape = tuple[int, int, int]
PAPER = (227, 227, 3)


def _steps(classes: int, rate: float = 0.5) -> Steps:
    return {
        "conv1": conv(96, 11, strides=4, padding="valid"),  # 55×55
        "lrn1": lrn(),
        "pool1": pool(),  # 27×27
        "conv2": two_groups(256, 5),
        "lrn2": lrn(),
        "pool2": pool(),  # 13×13
        "conv3": conv(384, 3),
        "conv4": two_groups(384, 3),
        "conv5": two_groups(256, 3),
        "pool5": pool(),  # 6×6
    } | head(classes, rate)


def alexnet(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """AlexNet with two groups."""
    return model(input_shape, _steps(classes))


def alexnet_without_groups(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your network has no groups. Which convolutions see only half of the channels?"""
    whole = {"conv2": conv(256, 5), "conv4": conv(384, 3), "conv5": conv(256, 3)}
    return model(input_shape, _steps(classes) | whole)


def alexnet_with_groups_everywhere(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your third convolution is split, too. It reads the maps of both halves."""
    return model(input_shape, _steps(classes) | {"conv3": two_groups(384, 3)})


def alexnet_of_224(input_shape: Shape = (224, 224, 3), classes: int = 1000) -> keras.Model:
    """Your images have 224 pixels when no shape is given. From these the 55×55 maps do not follow."""
    return model(input_shape, _steps(classes))


def alexnet_with_same_padding(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your first convolution pads. The table asks for "valid" there."""
    return model(input_shape, _steps(classes) | {"conv1": conv(96, 11, strides=4)})


def alexnet_of_the_lecture(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """These are the filters of the later, narrower AlexNet that the lecture counts."""
    later = {
        "conv1": conv(64, 11, strides=4, padding="valid"),
        "conv2": conv(192, 5),
        "conv3": conv(384, 3),
        "conv4": conv(256, 3),
        "conv5": conv(256, 3),
    }
    return model(input_shape, without(_steps(classes) | later, "lrn1", "lrn2"))


def alexnet_with_gap(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """You averaged the last map. AlexNet flattens it: every position keeps weights of its own."""
    return model(input_shape, _steps(classes) | {"flatten": layers.GlobalAveragePooling2D()})


def alexnet_without_the_last_pool(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """The last pooling is missing. Between the fifth convolution and the flattening the map is halved."""
    return model(input_shape, without(_steps(classes), "pool5"))


def alexnet_with_padded_pools(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your poolings pad the map and round up. The table asks for "valid": from 13 they lead to 6."""
    return model(input_shape, _steps(classes) | {f"pool{i}": pool(padding="same") for i in (1, 2, 5)})


def alexnet_without_lrn(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """The local response normalization is missing. The table has it in two places."""
    return model(input_shape, without(_steps(classes), "lrn1", "lrn2"))


def alexnet_with_one_lrn(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """One local response normalization is missing: the second one."""
    return model(input_shape, without(_steps(classes), "lrn2"))


def alexnet_with_lrn_behind_pooling(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your normalization comes after the pooling. Which of the two comes first in the table?"""
    return model(input_shape, swapped(_steps(classes), ("lrn1", "pool1"), ("lrn2", "pool2")))


def alexnet_with_small_windows(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your pooling windows do not overlap. Size and stride differ in AlexNet."""
    return model(input_shape, _steps(classes) | {f"pool{i}": pool(2) for i in (1, 2, 5)})


def alexnet_with_default_strides(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your poolings move by 3: without `strides`, Keras takes the window's size. They should move by 2."""
    return model(input_shape, _steps(classes) | {f"pool{i}": pool(strides=None) for i in (1, 2, 5)})


def alexnet_with_average_pooling(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """You average where AlexNet keeps the largest value."""
    average = {f"pool{i}": pool(kind=layers.AveragePooling2D) for i in (1, 2, 5)}
    return model(input_shape, _steps(classes) | average)


def alexnet_with_linear_groups(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """A ReLU is missing after your grouped convolutions. `grouped_conv` has no activation of its own; the
    table has a ReLU after each of the three.
    """
    linear = {
        "conv2": two_groups(256, 5, "linear"),
        "conv4": two_groups(384, 3, "linear"),
        "conv5": two_groups(256, 3, "linear"),
    }
    return model(input_shape, _steps(classes) | linear)


def alexnet_with_a_linear_third_convolution(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """The ReLU after your third convolution is missing."""
    return model(input_shape, _steps(classes) | {"conv3": conv(384, 3, activation=None)})


def alexnet_with_linear_dense_layers(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your hidden dense layers are linear. What follows every hidden layer of this network?"""
    linear = {"dense6": layers.Dense(4096), "dense7": layers.Dense(4096)}
    return model(input_shape, _steps(classes) | linear)


def alexnet_with_softmax(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """You return probabilities. Logits are asked for: the values before the softmax."""
    return model(input_shape, _steps(classes) | {"softmax": layers.Softmax()})


def alexnet_with_relu_on_logits(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """You applied a ReLU to the logits. The last layer is the only one without ReLU."""
    return model(input_shape, _steps(classes) | {"dense8": dense(classes)})


def alexnet_without_dropout(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Nothing is dropped during training."""
    return model(input_shape, without(_steps(classes), "drop6", "drop7"))


def alexnet_with_the_first_dropout_only(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Too little is dropped, as it is without the dropout after the second hidden layer. Are there two, and
    is the rate of both 0.5?
    """
    return model(input_shape, without(_steps(classes), "drop7"))


def alexnet_with_the_last_dropout_only(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Too little is dropped, as it is without the dropout after the first hidden layer. Are there two, and
    is the rate of both 0.5?
    """
    return model(input_shape, without(_steps(classes), "drop6"))


def alexnet_with_dropout_before(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your dropout comes before the hidden dense layers. In the table it comes after them."""
    steps = _steps(classes)
    return model(input_shape, swapped(steps, ("dense6", "drop6"), ("dense7", "drop7")))


ANSWER = Answer(
    alexnet,
    (
        alexnet_without_groups,
        alexnet_with_groups_everywhere,
        alexnet_of_224,
        alexnet_with_same_padding,
        alexnet_of_the_lecture,
        alexnet_with_gap,
        alexnet_without_the_last_pool,
        alexnet_with_padded_pools,
        alexnet_without_lrn,
        alexnet_with_one_lrn,
        alexnet_with_lrn_behind_pooling,
        alexnet_with_small_windows,
        alexnet_with_default_strides,
        alexnet_with_average_pooling,
        alexnet_with_linear_groups,
        alexnet_with_a_linear_third_convolution,
        alexnet_with_linear_dense_layers,
        alexnet_with_softmax,
        alexnet_with_relu_on_logits,
        alexnet_without_dropout,
        alexnet_with_the_first_dropout_only,
        alexnet_with_the_last_dropout_only,
        alexnet_with_dropout_before,
    ),
)
