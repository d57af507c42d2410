"""Lab 4, a convolution with its normalization: the right answer and the misconceptions."""

from collections.abc import Callable
from typing import Any

from keras import layers, ops

from cvlabs.checks.answers.answer import Answer

Tensor = Any  # a symbolic Keras tensor


def conv_norm(
    x: Tensor, filters: int, kernel_size: int, strides: int = 1, *, use_bias: bool = False
) -> Tensor:
    """A convolution and its normalization, without a ReLU."""
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=use_bias)(x)
    return layers.BatchNormalization()(x)


def conv_bn_relu(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Convolution without biases, batch normalization, ReLU."""
    return layers.ReLU()(conv_norm(x, filters, kernel_size, strides))


def _conv(x: Tensor, filters: int, kernel_size: int, strides: int = 1, **options: object) -> Tensor:
    settings: dict[str, object] = {"padding": "same", "use_bias": False}
    return layers.Conv2D(filters, kernel_size, strides=strides, **(settings | options))(x)


def _with(norm: Callable[[Tensor], Tensor], x: Tensor, *sizes: int) -> Tensor:
    return layers.ReLU()(norm(_conv(x, *sizes)))


def conv_with_bias(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your convolution has biases. The normalization after it subtracts the mean of each channel, and the
    bias with it: beta takes its place.
    """
    return layers.ReLU()(conv_norm(x, filters, kernel_size, strides, use_bias=True))


def conv_without_relu(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """The ReLU is missing."""
    return conv_norm(x, filters, kernel_size, strides)


def conv_without_norm(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """The batch normalization is missing, between the convolution and the ReLU."""
    return layers.ReLU()(_conv(x, filters, kernel_size, strides))


def conv_as_without_norm(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """This is the convolution of lab 3, with biases and without batch normalization."""
    return _conv(x, filters, kernel_size, strides, use_bias=True, activation="relu")


def conv_relu_bn(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your normalization comes after the ReLU. In which order does the name have them?"""
    return layers.BatchNormalization()(_conv(x, filters, kernel_size, strides, activation="relu"))


def bn_conv_relu(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """You normalize the input of the convolution. Its output is what the ReLU reads."""
    return _conv(layers.BatchNormalization()(x), filters, kernel_size, strides, activation="relu")


def bn_relu_conv(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your convolution comes last. That order came a year later, with ResNet v2; here it comes first."""
    return _conv(layers.ReLU()(layers.BatchNormalization()(x)), filters, kernel_size, strides)


def conv_without_padding(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your convolution loses the border of the map. Only the stride should make the map smaller."""
    x = _conv(x, filters, kernel_size, strides, padding="valid")
    return layers.ReLU()(layers.BatchNormalization()(x))


def conv_without_stride(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your convolution computes a value at every position, whatever `strides` says."""
    return conv_bn_relu(x, filters, kernel_size)


def conv_that_pools(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """You make the map smaller by a pooling. The convolution itself has the stride."""
    x = conv_bn_relu(x, filters, kernel_size)
    return layers.MaxPooling2D(strides, padding="same")(x) if strides > 1 else x


def conv_of_3x3(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your kernel is always 3×3. `kernel_size` says how large it is."""
    return conv_bn_relu(x, filters, 3, strides)


def conv_with_norm_without_gamma(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your normalization learns no scale. Keep Keras' defaults, which learn gamma and beta."""
    return _with(layers.BatchNormalization(scale=False), x, filters, kernel_size, strides)


def conv_with_norm_without_beta(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your normalization learns no shift. Keep Keras' defaults, which learn gamma and beta."""
    return _with(layers.BatchNormalization(center=False), x, filters, kernel_size, strides)


def conv_with_norm_of_rows(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """You normalize the rows of the map. Channels are the last axis, which is the default."""
    return _with(layers.BatchNormalization(axis=1), x, filters, kernel_size, strides)


def conv_with_layer_norm(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """You normalize over the channels of each position. This lab needs the statistics of the batch."""
    return _with(layers.LayerNormalization(), x, filters, kernel_size, strides)


def _norm_of_the_batch(x: Tensor) -> Tensor:
    mean, variance = ops.moments(x, axes=[0, 1, 2])
    return (x - mean) / ops.sqrt(variance + 1e-5)


def conv_with_norm_by_hand(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your normalization learns nothing and always needs a batch. Your function batch_norm shows what happens
    in training; in a network use the layer `BatchNormalization()`, which holds gamma, beta and the averages
    for prediction.
    """
    return _with(_norm_of_the_batch, x, filters, kernel_size, strides)


def conv_with_frozen_norm(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your normalization does not learn: `trainable=False` also keeps it from using the batch."""
    return _with(layers.BatchNormalization(trainable=False), x, filters, kernel_size, strides)


class _NormOfAverages(layers.BatchNormalization):
    def call(self, inputs: Tensor, training: bool | None = None, mask: Tensor | None = None) -> Tensor:
        return super().call(inputs, training=False, mask=mask)


def conv_with_norm_of_averages(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your normalization never uses the batch, not even in training. Leave `training` to Keras, or pass on to
    the layer what your own `call` gets.
    """
    return _with(_NormOfAverages(), x, filters, kernel_size, strides)


def conv_with_norm_that_collects_nothing(
    x: Tensor, filters: int, kernel_size: int, strides: int = 1
) -> Tensor:
    """In training your normalization uses the batch, and collects no averages: for prediction it has nothing
    but what it began with. Keep the default `momentum`; a layer of your own assigns its averages in `call`.
    """
    return _with(layers.BatchNormalization(momentum=1.0), x, filters, kernel_size, strides)


def conv_with_relu6(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your ReLU stops at 6. That form came with MobileNet; here it has no upper bound."""
    return layers.ReLU(6.0)(conv_norm(x, filters, kernel_size, strides))


def conv_with_large_epsilon(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """The ε of your normalization is 0.01. The text allows 1e-5 to 1e-3: keep the default."""
    return _with(layers.BatchNormalization(epsilon=0.01), x, filters, kernel_size, strides)


def conv_with_norm_of_the_batch(x: Tensor, filters: int, kernel_size: int, strides: int = 1) -> Tensor:
    """Your normalization uses the batch even when the network only predicts. Leave `training` to Keras."""
    return layers.ReLU()(layers.BatchNormalization()(_conv(x, filters, kernel_size, strides), training=True))


ANSWER = Answer(
    conv_bn_relu,
    (
        conv_with_bias,
        conv_without_relu,
        conv_without_norm,
        conv_as_without_norm,
        conv_relu_bn,
        bn_conv_relu,
        bn_relu_conv,
        conv_without_padding,
        conv_without_stride,
        conv_that_pools,
        conv_of_3x3,
        conv_with_norm_without_gamma,
        conv_with_norm_without_beta,
        conv_with_norm_of_rows,
        conv_with_layer_norm,
        conv_with_norm_by_hand,
        conv_with_frozen_norm,
        conv_with_norm_of_the_batch,
        conv_with_norm_of_averages,
        conv_with_norm_that_collects_nothing,
        conv_with_relu6,
        conv_with_large_epsilon,
    ),
)
