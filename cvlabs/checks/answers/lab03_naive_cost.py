"""Lab 3, cost of the naive Inception module: the right answer and the misconceptions."""

import dataclasses

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab03_inception_cost import Cost, Layers, cost, with_arguments


@dataclasses.dataclass(frozen=True)
class NaiveModule:
    """The arguments of `naive_inception_cost`."""

    size: int
    in_channels: int
    f1: int
    f3: int
    f5: int

    @property
    def layers(self) -> Layers:
        """The module's convolutions: 1×1, 3×3, 5×5."""
        return [
            (1, self.in_channels, self.f1),
            (3, self.in_channels, self.f3),
            (5, self.in_channels, self.f5),
        ]

    def cost(self) -> Cost:
        """Returns the right answer."""
        return cost(self.size, self.layers)


def naive_inception_cost(m: NaiveModule) -> Cost:
    """Parameters and multiply-adds of an Inception module without 1×1 reductions."""
    return m.cost()


def naive_without_biases(m: NaiveModule) -> Cost:
    """Your parameters are the weights only. Each filter of each convolution also learns a bias."""
    params, macs = m.cost()
    return params - (m.f1 + m.f3 + m.f5), macs


def naive_with_biases_in_macs(m: NaiveModule) -> Cost:
    """Your multiply-adds include the biases. Adding a bias multiplies nothing."""
    params, _ = m.cost()
    return params, m.size**2 * params


def naive_in_flops(m: NaiveModule) -> Cost:
    """Your multiply-adds are twice the right number. A multiplication and the addition after it are one
    multiply-add.
    """
    params, macs = m.cost()
    return params, 2 * macs


def naive_of_one_row(m: NaiveModule) -> Cost:
    """You counted the positions along one side of the map only. The map is a square, and the kernels stop
    everywhere.
    """
    params, macs = m.cost()
    return params, macs // m.size


def naive_of_one_position(m: NaiveModule) -> Cost:
    """Your multiply-adds are those of one position. The kernels slide over the whole map."""
    params, macs = m.cost()
    return params, macs // m.size**2


def naive_reversed(m: NaiveModule) -> Cost:
    """Both numbers are right, in the wrong places: the parameters come first."""
    params, macs = m.cost()
    return macs, params


def naive_with_projection(m: NaiveModule) -> Cost:
    """You counted a 1×1 convolution after the max pool. In the naive module the pool branch passes all its
    channels on as they are.
    """
    return cost(m.size, [*m.layers, (1, m.in_channels, m.in_channels)])


def naive_with_a_convolving_pool(m: NaiveModule) -> Cost:
    """You counted the max pool as if it were a 3×3 convolution. It compares values: it has no weights and
    multiplies nothing.
    """
    return cost(m.size, [*m.layers, (3, m.in_channels, m.in_channels)])


def naive_with_pool_macs(m: NaiveModule) -> Cost:
    """You counted the comparisons of the max pool as multiply-adds. It multiplies nothing."""
    params, macs = m.cost()
    return params, macs + m.size**2 * 9 * m.in_channels


def naive_of_chained_branches(m: NaiveModule) -> Cost:
    """Your branches come one after the other. In an Inception module they all read the same input."""
    return cost(m.size, [(1, m.in_channels, m.f1), (3, m.f1, m.f3), (5, m.f3, m.f5)])


def naive_without_1x1(m: NaiveModule) -> Cost:
    """One branch is missing. A 1×1 convolution has weights, one for each pair of input and output channel."""
    return cost(m.size, m.layers[1:])


def naive_of_a_3x3_for_the_5x5(m: NaiveModule) -> Cost:
    """One of your kernels is too small. What is the side of the kernel in the third branch?"""
    return cost(m.size, [(1, m.in_channels, m.f1), (3, m.in_channels, m.f3), (3, m.in_channels, m.f5)])


def naive_of_line_kernels(m: NaiveModule) -> Cost:
    """The kernels are squares: a 3×3 kernel has nine positions, a 5×5 kernel more."""
    layers = m.layers
    params = sum(k * i * o + o for k, i, o in layers)
    return params, m.size**2 * sum(k * i * o for k, i, o in layers)


ANSWER = Answer(
    with_arguments(NaiveModule, naive_inception_cost),
    tuple(
        with_arguments(NaiveModule, wrong)
        for wrong in (
            naive_without_biases,
            naive_with_biases_in_macs,
            naive_in_flops,
            naive_of_one_row,
            naive_of_one_position,
            naive_reversed,
            naive_with_projection,
            naive_with_a_convolving_pool,
            naive_with_pool_macs,
            naive_of_chained_branches,
            naive_without_1x1,
            naive_of_a_3x3_for_the_5x5,
            naive_of_line_kernels,
        )
    ),
)
