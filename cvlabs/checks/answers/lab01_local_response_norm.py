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


def lrn_with_empty_windows(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your first channels have no neighbours: `c - depth_radius` is negative there, and a negative index
    counts from the end, so that the slice is empty. Let it begin at 0 at least.
    """
    channels = x.shape[-1]
    sums = [ops.sum(x[..., c - depth_radius : c + depth_radius + 1] ** 2, axis=-1) for c in range(channels)]
    return x / (bias + alpha * ops.stack(sums, axis=-1)) ** beta


def lrn_that_wraps_around(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your first channel has the last one as a neighbour. Channels below 0 do not exist: add zeros there."""
    window = range(-depth_radius, depth_radius + 1)
    return x / (bias + alpha * sum(ops.roll(x**2, i, axis=-1) for i in window)) ** beta


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


def lrn_that_squares_the_sum(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """You added up first and squared the sum. Each value is squared, and the squares are added up."""
    return x / (bias + alpha * _sum(x, depth_radius, depth_radius) ** 2) ** beta


def lrn_as_in_pytorch(
    x: Tensor, depth_radius: int = 2, bias: float = 1.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """These are PyTorch's conventions: alpha is divided by the width of the window, and the bias is 1 when
    none is given. Compare both with the exercise.
    """
    return lrn_with_averaged_alpha(x, depth_radius, bias, alpha, beta)


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


def lrn_with_beta_on_the_sum(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Only your sum is raised to beta: Python takes `**` before `*` and `+`. Put brackets around the term."""
    return x / (bias + alpha * _sum(x**2, depth_radius, depth_radius) ** beta)


def lrn_with_alpha_on_the_bias(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your alpha multiplies the bias as well. It belongs to the sum alone."""
    return x / (alpha * (bias + _sum(x**2, depth_radius, depth_radius))) ** beta


def lrn_of_a_fixed_window(
    x: Tensor, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> Tensor:
    """Your window has five channels whatever depth_radius says. Whoever calls the function should decide."""
    return local_response_norm(x, 2, bias, alpha, beta)


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
        lrn_with_empty_windows,
        lrn_that_wraps_around,
        lrn_of_the_width,
        lrn_of_neighbours_alone,
        lrn_without_squares,
        lrn_that_squares_the_sum,
        lrn_with_a_bias_of_one,
        lrn_as_in_pytorch,
        lrn_that_multiplies,
        lrn_without_the_exponent,
        lrn_with_beta_on_the_sum,
        lrn_with_alpha_on_the_bias,
        lrn_of_a_fixed_window,
        lrn_of_fixed_numbers,
    ),
)
