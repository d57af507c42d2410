"""Lab 1, ZFNet: the right answer and the misconceptions."""

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab01_chain import (
    Steps,
    conv,
    head,
    lrn,
    model,
    pool,
    swapped,
    two_groups,
    without,
)

Shape = tuple[int, int, int]
PAPER = (224, 224, 3)


def _steps(classes: int) -> Steps:
    return {
        "pad1": layers.ZeroPadding2D(1),
        "conv1": conv(96, 7, strides=2, padding="valid"),  # 110×110
        "lrn1": lrn(),
        "pool1": pool(padding="same"),  # 55×55
        "conv2": conv(256, 5, strides=2, padding="valid"),  # 26×26
        "lrn2": lrn(),
        "pool2": pool(padding="same"),  # 13×13
        "conv3": conv(384, 3),
        "conv4": conv(384, 3),
        "conv5": conv(256, 3),
        "pool5": pool(),  # 6×6
    } | head(classes)


def zfnet(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """ZFNet as its figure 3 shows it."""
    return model(input_shape, _steps(classes))


def zfnet_with_alexnets_second_layer(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your second convolution is AlexNet's. In ZFNet the stride that conv1 gave up is partly here."""
    return model(input_shape, _steps(classes) | {"conv2": conv(256, 5)})


def zfnet_with_groups(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """You kept AlexNet's groups. ZFNet was trained on a single GPU: its layers are whole."""
    return model(input_shape, _steps(classes) | {"conv4": two_groups(384, 3), "conv5": two_groups(256, 3)})


def zfnet_wide(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """These are the widths of the larger variant. The table asks for those of the paper's figure 3."""
    wide = {"conv3": conv(512, 3), "conv4": conv(1024, 3), "conv5": conv(512, 3)}
    return model(input_shape, _steps(classes) | wide)


def zfnet_of_227(input_shape: Shape = (227, 227, 3), classes: int = 1000) -> keras.Model:
    """Your images have AlexNet's size when no shape is given."""
    return model(input_shape, _steps(classes))


def zfnet_with_same_padding(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your first convolution pads too much. One pixel of zeros is asked for on each side, no more."""
    return model(input_shape, without(_steps(classes) | {"conv1": conv(96, 7, strides=2)}, "pad1"))


def zfnet_with_a_padded_second_convolution(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your second convolution pads. The table asks for "valid" there: from 55 it leads to 26."""
    return model(input_shape, _steps(classes) | {"conv2": conv(256, 5, strides=2)})


def zfnet_without_padding(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your first convolution does not pad. One pixel of zeros is asked for on each side."""
    return model(input_shape, without(_steps(classes), "pad1"))


def zfnet_that_rounds_down(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your first two poolings leave the last row and column out. From 110 they should lead to 55."""
    return model(input_shape, _steps(classes) | {"pool1": pool(), "pool2": pool()})


def zfnet_that_rounds_up_last(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your last pooling reaches over the edge. From 13 it should lead to 6."""
    return model(input_shape, _steps(classes) | {"pool5": pool(padding="same")})


def zfnet_with_default_strides(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your poolings move by 3: without `strides`, Keras takes the window's size. They should move by 2."""
    pools = {f"pool{i}": pool(padding="same", strides=None) for i in (1, 2)}
    return model(input_shape, _steps(classes) | pools | {"pool5": pool(strides=None)})


def zfnet_without_lrn(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """The local response normalization is missing. The table has it in two places, as in AlexNet."""
    return model(input_shape, without(_steps(classes), "lrn1", "lrn2"))


def zfnet_with_lrn_behind_pooling(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your normalization comes after the pooling. Which of the two comes first in the table?"""
    return model(input_shape, swapped(_steps(classes), ("lrn1", "pool1"), ("lrn2", "pool2")))


def zfnet_with_softmax(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """You return probabilities. Logits are asked for: the values before the softmax."""
    return model(input_shape, _steps(classes) | {"softmax": layers.Softmax()})


def zfnet_without_dropout(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Nothing is dropped during training. The dense layers are AlexNet's, dropout included."""
    return model(input_shape, without(_steps(classes), "drop6", "drop7"))


def zfnet_with_the_first_dropout_only(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Too little is dropped, as it is without the dropout after the second hidden layer. Are there two, and
    is the rate of both 0.5?
    """
    return model(input_shape, without(_steps(classes), "drop7"))


def zfnet_with_the_last_dropout_only(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Too little is dropped, as it is without the dropout after the first hidden layer. Are there two, and
    is the rate of both 0.5?
    """
    return model(input_shape, without(_steps(classes), "drop6"))


def zfnet_with_dropout_before(input_shape: Shape = PAPER, classes: int = 1000) -> keras.Model:
    """Your dropout comes before the hidden dense layers. As in AlexNet, it comes after them."""
    return model(input_shape, swapped(_steps(classes), ("dense6", "drop6"), ("dense7", "drop7")))


ANSWER = Answer(
    zfnet,
    (
        zfnet_with_alexnets_second_layer,
        zfnet_with_groups,
        zfnet_wide,
        zfnet_of_227,
        zfnet_with_same_padding,
        zfnet_with_a_padded_second_convolution,
        zfnet_without_padding,
        zfnet_that_rounds_down,
        zfnet_that_rounds_up_last,
        zfnet_with_default_strides,
        zfnet_without_lrn,
        zfnet_with_lrn_behind_pooling,
        zfnet_with_softmax,
        zfnet_without_dropout,
        zfnet_with_the_first_dropout_only,
        zfnet_with_the_last_dropout_only,
        zfnet_with_dropout_before,
    ),
)
