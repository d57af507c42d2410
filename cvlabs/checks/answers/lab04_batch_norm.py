"""Lab 4, batch normalization: the right answer and the misconceptions."""

from collections.abc import Sequence
from typing import Any

from keras import ops

from cvlabs.checks.answers.answer import Answer

Tensor = Any  # of the backend, with values
CHANNELS = (0, 1, 2)  # what is averaged over to leave one number for each channel


def _normalized(x: Tensor, epsilon: float, axes: Sequence[int] = CHANNELS) -> Tensor:
    centred = x - ops.mean(x, axis=axes, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=axes, keepdims=True)
    return centred / ops.sqrt(variance + epsilon)


def batch_norm(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """Each channel with the mean and the variance of the batch, then scaled and shifted."""
    return gamma * _normalized(x, epsilon) + beta


def norm_of_each_sample(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You normalize each image by itself. What gives the batch in "batch normalization" its name?"""
    return gamma * _normalized(x, epsilon, (1, 2)) + beta


def norm_over_channels(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You take the mean over the channels of one position. Take one mean for each channel."""
    return gamma * _normalized(x, epsilon, (3,)) + beta


def norm_of_features(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You normalize all values of an image together. For which axis should each entry get its own mean?"""
    return gamma * _normalized(x, epsilon, (1, 2, 3)) + beta


def norm_of_positions(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """Every position has its own mean in your function. A convolution treats all positions alike, and so does
    its normalization.
    """
    return gamma * _normalized(x, epsilon, (0,)) + beta


def norm_of_everything(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """One mean serves all your channels. Each channel should get a mean and a variance of its own."""
    return gamma * _normalized(x, epsilon, (0, 1, 2, 3)) + beta


def norm_with_epsilon_outside(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You add epsilon to the standard deviation. Add it to the variance, before you take the root."""
    return gamma * (x - ops.mean(x, CHANNELS)) / (ops.std(x, CHANNELS) + epsilon) + beta


def norm_without_root(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You divide by the variance. Which power of it has the unit of x?"""
    return gamma * (x - ops.mean(x, CHANNELS)) / (ops.var(x, CHANNELS) + epsilon) + beta


def norm_with_unbiased_variance(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """Your variance divides by n - 1. The batch is normalized by its own mean square, so divide by n."""
    size = x.shape[0] * x.shape[1] * x.shape[2]
    variance = ops.var(x, CHANNELS) * size / (size - 1)
    return gamma * (x - ops.mean(x, CHANNELS)) / ops.sqrt(variance + epsilon) + beta


def norm_with_mean_square(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You divide by the root of the mean square of x. The variance is that of x minus its mean."""
    square = ops.mean(ops.square(x), CHANNELS)
    return gamma * (x - ops.mean(x, CHANNELS)) / ops.sqrt(square + epsilon) + beta


def norm_without_mean(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You scale x but do not centre it: subtract the mean first."""
    return gamma * x / ops.sqrt(ops.var(x, CHANNELS) + epsilon) + beta


def norm_without_scale(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """The mean is right and the division is missing: without it activations keep whatever scale they had."""
    return gamma * (x - ops.mean(x, CHANNELS)) + beta


def norm_without_epsilon(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You leave epsilon out. What would happen to a channel that is the same everywhere?"""
    return batch_norm(x, gamma, beta, 0.0)


def norm_with_fixed_epsilon(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You use the default epsilon whatever the argument says. Whoever calls the function should decide."""
    return batch_norm(x, gamma, beta, 1e-5)


def norm_without_gamma(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """gamma has no effect in your function. It is the standard deviation that the output should have."""
    return _normalized(x, epsilon) + beta


def norm_without_beta(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """beta has no effect in your function. It is the mean that the output should have."""
    return gamma * _normalized(x, epsilon)


def norm_with_gamma_and_beta_swapped(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """gamma and beta have changed places: gamma scales, beta shifts."""
    return batch_norm(x, beta, gamma, epsilon)


def norm_that_shifts_first(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You add beta and then scale, so gamma scales beta too. Scale first."""
    return gamma * (_normalized(x, epsilon) + beta)


def norm_without_gamma_and_beta(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """gamma and beta have no effect in your function. A new layer begins with gamma 1 and beta 0 and knows
    nothing of your arguments: multiply by gamma and add beta yourself.
    """
    return _normalized(x, epsilon)


def norm_that_divides_only_the_mean(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You divide the mean alone by the root. Write brackets: gamma * (x - mean) / …"""
    return gamma * x - ops.mean(x, CHANNELS) / ops.sqrt(ops.var(x, CHANNELS) + epsilon) + beta


def norm_that_divides_the_mean_and_scales(
    x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5
) -> Tensor:
    """You divide the mean alone by the root. Write brackets around the difference: (x - mean) / …"""
    return gamma * (x - ops.mean(x, CHANNELS) / ops.sqrt(ops.var(x, CHANNELS) + epsilon)) + beta


def norm_with_one_variance(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """Each channel has its own mean in your function, but one variance serves all channels. Take the variance
    over the same axes as the mean.
    """
    return gamma * (x - ops.mean(x, CHANNELS)) / ops.sqrt(ops.var(x) + epsilon) + beta


def norm_with_one_mean_square(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You average the squared deviations over all channels. Each channel has its own variance: average over
    the same axes as for the mean.
    """
    centred = x - ops.mean(x, CHANNELS)
    return gamma * centred / ops.sqrt(ops.mean(ops.square(centred)) + epsilon) + beta


def norm_by_the_number_of_all_values(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """You divide the sums by N·H·W·C. A channel has N·H·W values."""
    centred = x - ops.mean(x, CHANNELS) / x.shape[-1]
    return gamma * centred / ops.sqrt(ops.mean(ops.square(centred), CHANNELS) / x.shape[-1] + epsilon) + beta


def norm_with_variance_by_the_number_of_all_values(
    x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5
) -> Tensor:
    """Your variance divides by N·H·W·C. A channel has N·H·W values."""
    variance = ops.var(x, CHANNELS) / x.shape[-1]
    return gamma * (x - ops.mean(x, CHANNELS)) / ops.sqrt(variance + epsilon) + beta


def norm_with_relu(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-5) -> Tensor:
    """Your function cuts off what is below zero. The ReLU is another layer, after this one."""
    return ops.relu(batch_norm(x, gamma, beta, epsilon))


def norm_with_keras_default(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float = 1e-3) -> Tensor:
    """When epsilon is not given, yours is 1e-3, as in Keras' layer. The exercise asks for another default."""
    return batch_norm(x, gamma, beta, epsilon)


ANSWER = Answer(
    batch_norm,
    (
        norm_of_each_sample,
        norm_over_channels,
        norm_of_features,
        norm_of_positions,
        norm_of_everything,
        norm_with_epsilon_outside,
        norm_without_root,
        norm_with_unbiased_variance,
        norm_with_mean_square,
        norm_without_mean,
        norm_without_scale,
        norm_without_epsilon,
        norm_with_fixed_epsilon,
        norm_with_keras_default,
        norm_without_gamma,
        norm_without_beta,
        norm_with_gamma_and_beta_swapped,
        norm_that_shifts_first,
        norm_without_gamma_and_beta,
        norm_that_divides_only_the_mean,
        norm_that_divides_the_mean_and_scales,
        norm_with_one_variance,
        norm_with_one_mean_square,
        norm_by_the_number_of_all_values,
        norm_with_variance_by_the_number_of_all_values,
        norm_with_relu,
    ),
)
