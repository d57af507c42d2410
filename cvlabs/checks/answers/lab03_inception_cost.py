"""Lab 3, cost of the Inception module: the right answer and the misconceptions.

The arguments come as one object here, because eight of them in every signature would hide what differs.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from cvlabs.checks.answers.answer import Answer

Cost = tuple[int, int]  # parameters, multiply-adds
Layers = list[tuple[int, int, int]]  # kernel_size, in_channels, filters of each convolution


def cost(size: int, layers: Layers) -> Cost:
    """Returns the cost of convolutions that all give a map of `size` × `size`."""
    weights = sum(k * k * i * o for k, i, o in layers)
    return weights + sum(o for _, _, o in layers), size**2 * weights


def with_arguments(arguments: type[Any], answer: Callable[[Any], Cost]) -> Callable[..., Cost]:
    """Returns `answer` as a function of the fields of the dataclass `arguments`."""

    def call(*args: int, **kwargs: int) -> Cost:
        return answer(arguments(*args, **kwargs))

    call.__name__, call.__doc__ = answer.__name__, answer.__doc__
    return call


@dataclasses.dataclass(frozen=True)
class Module:
    """The arguments of `inception_cost`."""

    size: int
    in_channels: int
    f1: int
    f3_reduce: int
    f3: int
    f5_reduce: int
    f5: int
    pool_proj: int

    @property
    def layers(self) -> Layers:
        """The module's convolutions, those of the pool branch last."""
        return [
            (1, self.in_channels, self.f1),
            (1, self.in_channels, self.f3_reduce),
            (3, self.f3_reduce, self.f3),
            (1, self.in_channels, self.f5_reduce),
            (5, self.f5_reduce, self.f5),
            (1, self.in_channels, self.pool_proj),
        ]

    def cost(self) -> Cost:
        """Returns the right answer."""
        return cost(self.size, self.layers)


def inception_cost(m: Module) -> Cost:
    """Parameters and multiply-adds of an Inception module."""
    return m.cost()


def cost_without_biases(m: Module) -> Cost:
    """Your parameters are the weights only. Each filter of each convolution also learns a bias."""
    params, macs = m.cost()
    return params - (m.f1 + m.f3_reduce + m.f3 + m.f5_reduce + m.f5 + m.pool_proj), macs


def cost_with_biases_in_macs(m: Module) -> Cost:
    """Your multiply-adds include the biases. Adding a bias multiplies nothing."""
    params, _ = m.cost()
    return params, m.size**2 * params


def cost_in_flops(m: Module) -> Cost:
    """Your multiply-adds are twice the right number. A multiplication and the addition after it are one
    multiply-add.
    """
    params, macs = m.cost()
    return params, 2 * macs


def cost_of_one_row(m: Module) -> Cost:
    """You counted the positions along one side of the map only. The map is a square, and the kernels stop
    everywhere.
    """
    params, macs = m.cost()
    return params, macs // m.size


def cost_of_one_position(m: Module) -> Cost:
    """Your multiply-adds are those of one position. The kernels slide over the whole map."""
    params, macs = m.cost()
    return params, macs // m.size**2


def cost_reversed(m: Module) -> Cost:
    """Both numbers are right, in the wrong places: the parameters come first."""
    params, macs = m.cost()
    return macs, params


def cost_without_projection(m: Module) -> Cost:
    """One convolution is missing: what comes after the max pool, and what does it read?"""
    return cost(m.size, m.layers[:-1])


def cost_of_a_passing_pool(m: Module) -> Cost:
    """You let the pool branch keep its channels with a convolution from in_channels to in_channels. Its
    convolution has pool_proj filters.
    """
    return cost(m.size, [*m.layers[:-1], (1, m.in_channels, m.in_channels)])


def cost_without_reductions(m: Module) -> Cost:
    """You counted the 3×3 and 5×5 convolutions after their reductions, but not the reductions themselves.
    They are convolutions like any other.
    """
    layers = [
        (1, m.in_channels, m.f1),
        (3, m.f3_reduce, m.f3),
        (5, m.f5_reduce, m.f5),
        (1, m.in_channels, m.pool_proj),
    ]
    return cost(m.size, layers)


def cost_of_large_kernels_on_the_input(m: Module) -> Cost:
    """Your 3×3 and 5×5 convolutions read the module's input. Each of them reads what its reduction leaves."""
    layers = [
        (1, m.in_channels, m.f1),
        (1, m.in_channels, m.f3_reduce),
        (3, m.in_channels, m.f3),
        (1, m.in_channels, m.f5_reduce),
        (5, m.in_channels, m.f5),
        (1, m.in_channels, m.pool_proj),
    ]
    return cost(m.size, layers)


def cost_of_the_naive_module(m: Module) -> Cost:
    """You counted a module without reductions. Here 1×1 convolutions come before the 3×3 and the 5×5."""
    layers = [
        (1, m.in_channels, m.f1),
        (3, m.in_channels, m.f3),
        (5, m.in_channels, m.f5),
        (1, m.in_channels, m.pool_proj),
    ]
    return cost(m.size, layers)


def cost_of_chained_branches(m: Module) -> Cost:
    """Your branches come one after the other. In an Inception module all four read the same input."""
    layers = [
        (1, m.in_channels, m.f1),
        (1, m.f1, m.f3_reduce),
        (3, m.f3_reduce, m.f3),
        (1, m.f3, m.f5_reduce),
        (5, m.f5_reduce, m.f5),
        (1, m.f5, m.pool_proj),
    ]
    return cost(m.size, layers)


def cost_of_one_reduction(m: Module) -> Cost:
    """Your 5×5 convolution reads f3_reduce channels. Each of the two large kernels has its own reduction."""
    return cost(m.size, [(5, m.f3_reduce, o) if k == 5 else (k, i, o) for k, i, o in m.layers])


def cost_of_a_projection_of_f5(m: Module) -> Cost:
    """Your projection reads f5 channels. The pooling before it keeps the channels of the module's input."""
    return cost(m.size, [*m.layers[:-1], (1, m.f5, m.pool_proj)])


def cost_of_a_3x3_for_the_5x5(m: Module) -> Cost:
    """One of your kernels is too small. What is the side of the kernel in the third branch?"""
    layers = [(3 if k == 5 else k, i, o) for k, i, o in m.layers]
    return cost(m.size, layers)


def cost_of_line_kernels(m: Module) -> Cost:
    """The kernels are squares: a 3×3 kernel has nine positions, a 5×5 kernel more."""
    layers = m.layers
    params = sum(k * i * o + o for k, i, o in layers)
    return params, m.size**2 * sum(k * i * o for k, i, o in layers)


def cost_of_swapped_reductions(m: Module) -> Cost:
    """Your reductions have changed places: f3_reduce comes before the 3×3, f5_reduce before the 5×5."""
    swapped = dataclasses.replace(m, f3_reduce=m.f5_reduce, f5_reduce=m.f3_reduce)
    return swapped.cost()


ANSWER = Answer(
    with_arguments(Module, inception_cost),
    tuple(
        with_arguments(Module, wrong)
        for wrong in (
            cost_without_biases,
            cost_with_biases_in_macs,
            cost_in_flops,
            cost_of_one_row,
            cost_of_one_position,
            cost_reversed,
            cost_without_projection,
            cost_of_a_passing_pool,
            cost_without_reductions,
            cost_of_large_kernels_on_the_input,
            cost_of_the_naive_module,
            cost_of_chained_branches,
            cost_of_one_reduction,
            cost_of_a_projection_of_f5,
            cost_of_a_3x3_for_the_5x5,
            cost_of_line_kernels,
            cost_of_swapped_reductions,
        )
    ),
)
