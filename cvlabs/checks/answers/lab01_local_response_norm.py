"""Lab 1, local response normalization: the right answer and the misconceptions."""

from typing import TypeAlias

import keras
from keras import ops

from cvlabs.checks.answers.answer import Answer
from cvlabs.layers import LocalResponseNormalization

Tensor: TypeAlias = keras.KerasTensor


def _sum(x: Tensor, below: int, above: int) -> Tensor:
    """Sums over the channels around each: `below` before it, `above` behind it."""
    channels = x.shape[-1]
    padded = ops.pad(x, [(0, 0), (0, 0), (0, 0), (below, above)])
    total = padded[..., :channels]
    for i in range(1, below + above + 1):
        total += padded[..., i : i + channels]
    return total


def local_response_norm(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Division by a power of the sum of squares over the channels around."""
    return LocalResponseNormalization(depth_radius, bias, alpha, beta)(x)


def lrn_with_averaged_alpha(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your alpha is divided by the width of the window. Here it multiplies the plain sum of squares."""
    return local_response_norm(x, depth_radius, bias, alpha / (2 * depth_radius + 1), beta)


def lrn_over_space(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your neighbours are other positions. The neighbours here are other channels at the same position."""
    size = 2 * depth_radius + 1
    mean = ops.average_pool(ops.pad(x**2, [(0, 0), *[(depth_radius, depth_radius)] * 2, (0, 0)]), size, 1)
    return x / (bias + alpha * size**2 * mean) ** beta


def lrn_over_all_channels(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """You summed over all channels. Only those within depth_radius count."""
    return local_response_norm(x, x.shape[-1], bias, alpha, beta)


def lrn_of_itself(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Each of your channels is divided by its own square. The neighbouring channels count, too."""
    return local_response_norm(x, 0, bias, alpha, beta)


def lrn_of_one_side(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your window reaches to one side only. It has depth_radius channels on either side."""
    return x / (bias + alpha * _sum(x**2, depth_radius, 0)) ** beta


def lrn_of_a_window_one_short(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """The upper end of your window is one channel short. Does a slice hold the channel at its end?"""
    return x / (bias + alpha * _sum(x**2, depth_radius, depth_radius - 1)) ** beta


def lrn_of_the_width(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your window is depth_radius channels wide as a whole. It reaches that far to either side."""
    return local_response_norm(x, depth_radius // 2, bias, alpha, beta)


def lrn_of_neighbours_alone(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """You summed over the neighbours without the channel itself. It is in the middle of the window."""
    return x / (bias + alpha * (_sum(x**2, depth_radius, depth_radius) - x**2)) ** beta


def lrn_without_squares(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """You summed sizes without squaring them."""
    return x / (bias + alpha * _sum(ops.abs(x), depth_radius, depth_radius)) ** beta


def lrn_with_a_bias_of_one(
    x: Tensor, depth_radius: int = 2, bias: float = 1.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your bias is 1 when none is given, as in Caffe. Look at the default that the exercise asks for."""
    return local_response_norm(x, depth_radius, bias, alpha, beta)


def lrn_that_multiplies(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """You multiply where you should divide: strong neighbours must make a value smaller."""
    return local_response_norm(x, depth_radius, bias, alpha, -beta)


def lrn_without_the_exponent(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your result does not depend on beta. It is the exponent of the denominator."""
    return local_response_norm(x, depth_radius, bias, alpha, 1.0)


def lrn_of_fixed_numbers(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """You use AlexNet's numbers whatever the arguments say. Whoever calls the function should decide."""
    return local_response_norm(x)


ANSWER = Answer(
    local_response_norm,
    (
        lrn_with_averaged_alpha,
        lrn_over_space,
        lrn_over_all_channels,
        lrn_of_itself,
        lrn_of_one_side,
        lrn_of_a_window_one_short,
        lrn_of_the_width,
        lrn_of_neighbours_alone,
        lrn_without_squares,
        lrn_with_a_bias_of_one,
        lrn_that_multiplies,
        lrn_without_the_exponent,
        lrn_of_fixed_numbers,
    ),
)
