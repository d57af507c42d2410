"""Lab 4, the arithmetic of blocks: right answers and misconceptions of both cost exercises.

Counted are kernels, two numbers for each normalized channel, and multiply-adds of convolutions.
"""

from collections.abc import Callable
from dataclasses import replace

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab04_block import Block, Cost, count


def cost(block: Block) -> Cost:
    """Parameters and multiply-adds of a block."""
    return count(block.convolutions)


def cost_without_projection(block: Block) -> Cost:
    """The shortcut is free only where the input fits. Where it has another size or other channels, it has a
    1×1 convolution and its normalization.
    """
    return count(block.way)


def cost_that_always_projects(block: Block) -> Cost:
    """You count a projection in every block. Where the input fits, it is added as it is."""
    return count([*block.way, block.projection])


def cost_that_projects_by_stride(block: Block) -> Cost:
    """You count a projection only where the block has a stride. Other channels need one, too."""
    return count(block.way if block.strides == 1 else [*block.way, block.projection])


def cost_that_projects_by_channels(block: Block) -> Cost:
    """You count a projection only where the channels change. A smaller map needs one, too."""
    fits = block.in_channels == block.expansion * block.filters
    return count(block.way if fits else [*block.way, block.projection])


def cost_with_a_bare_projection(block: Block) -> Cost:
    """The convolution of your shortcut has no normalization. Every convolution of the block has one."""
    params, macs = cost(block)
    return params - (0 if block.fits else 2 * block.projection.filters), macs


def cost_with_one_norm(block: Block) -> Cost:
    """You count one normalization. Each convolution of the block has its own, the projection too."""
    params, macs = count(block.convolutions, 0)
    return params + 2 * block.projection.filters, macs


def cost_on_the_input_s_map(block: Block) -> Cost:
    """You count every convolution on the map of the input. The first one has the stride: its output and all
    later maps are smaller.
    """
    return count([replace(conv, size=block.size) for conv in block.convolutions])


def cost_with_a_projection_on_the_input_s_map(block: Block) -> Cost:
    """You count the projection on the map of the input. It has the block's strides: count the positions of
    its output.
    """
    large = replace(block.projection, size=block.size)
    return count(block.way if block.fits else [*block.way, large])


def cost_with_a_late_stride(block: Block) -> Cost:
    """Your first convolution works on the large map, as if the second had the stride. In this lab the first
    one has it.
    """
    first, *rest = block.convolutions
    return count([replace(first, size=block.size), *rest])


def cost_that_rounds_down(block: Block) -> Cost:
    """You round the size of the output down. With "same" padding it is rounded up: 7 → 4 with stride 2."""
    return count([replace(conv, size=block.size // block.strides) for conv in block.convolutions])


def cost_without_norm(block: Block) -> Cost:
    """Your parameters are the kernels only. Each normalization learns gamma and beta for each of its
    channels.
    """
    return count(block.convolutions, 0)


def cost_with_biases(block: Block) -> Cost:
    """You count one number for each channel, as for biases. The convolutions have no biases, and a
    normalization learns two numbers for each channel.
    """
    return count(block.convolutions, 1)


def cost_with_biases_and_norm(block: Block) -> Cost:
    """You count biases in addition to gamma and beta. The convolutions have none: beta takes their place."""
    return count(block.convolutions, 3)


def cost_with_running_statistics(block: Block) -> Cost:
    """You count four numbers for each normalized channel. Mean and variance are measured, not learned."""
    return count(block.convolutions, 4)


def cost_in_flops(block: Block) -> Cost:
    """Your multiply-adds are twice the right number. A multiplication and the addition after it are one."""
    params, macs = cost(block)
    return params, 2 * macs


def cost_of_one_row(block: Block) -> Cost:
    """You counted the positions along one side of the map only."""
    params, macs = cost(block)
    return params, macs // block.out


def cost_of_one_position(block: Block) -> Cost:
    """Your multiply-adds are those of one position. The kernels slide over the whole map."""
    params, macs = cost(block)
    return params, macs // block.out**2


def cost_from_all_parameters(block: Block) -> Cost:
    """You multiply all parameters with the positions. Only kernels make multiply-adds."""
    params, _ = cost(block)
    return params, params * block.out**2


def cost_reversed(block: Block) -> Cost:
    """Both numbers are right, in the wrong places: the parameters come first."""
    params, macs = cost(block)
    return macs, params


def cost_that_forgets_to_expand(block: Block) -> Cost:
    """Your last convolution has `filters` filters. It has four times as many."""
    narrow = replace(block.way[-1], filters=block.filters)
    project = replace(block.projection, filters=block.filters)
    fits = block.strides == 1 and block.in_channels == block.filters
    return count([*block.way[:-1], narrow] if fits else [*block.way[:-1], narrow, project])


def cost_that_compares_with_the_narrow_width(block: Block) -> Cost:
    """You compare the input's channels with `filters`. What has to fit is the output, which has four times as
    many.
    """
    fits = block.strides == 1 and block.in_channels == block.filters
    return count(block.way if fits else [*block.way, block.projection])


def cost_of_three_3x3(block: Block) -> Cost:
    """All your kernels are 3×3. In a bottleneck only the one in the middle is."""
    way = [replace(conv, kernel_size=3) for conv in block.way]
    return count(way if block.fits else [*way, block.projection])


def cost_with_stride_at_3x3(block: Block) -> Cost:
    """Your first convolution works on the large map, as if the 3×3 had the stride. In this lab the first one
    has it.
    """
    return cost_with_a_late_stride(block)


def cost_of_one_convolution(block: Block) -> Cost:
    """You count one 3×3 convolution. A residual block has two."""
    return count(block.way[:1] if block.fits else [block.way[0], block.projection])


def cost_of_equal_channels(block: Block) -> Cost:
    """Both of your 3×3 convolutions read `in_channels` channels. The second reads the output of the first."""
    way = [replace(conv, in_channels=block.in_channels) for conv in block.way]
    return count(way if block.fits else [*way, block.projection])


def _of_four_numbers(answer: Callable[[Block], Cost], expansion: int) -> Callable[..., Cost]:
    def call(size: int, in_channels: int, filters: int, strides: int) -> Cost:
        return answer(Block(size, in_channels, filters, strides, expansion))

    call.__name__, call.__doc__ = answer.__name__, answer.__doc__
    return call


def _answer(expansion: int, *misconceptions: Callable[[Block], Cost]) -> Answer:
    wrong = tuple(_of_four_numbers(one, expansion) for one in misconceptions)
    return Answer(_of_four_numbers(cost, expansion), wrong)


_OF_ANY_BLOCK = (
    cost_without_projection,
    cost_that_always_projects,
    cost_that_projects_by_stride,
    cost_that_projects_by_channels,
    cost_with_a_bare_projection,
    cost_with_one_norm,
    cost_on_the_input_s_map,
    cost_with_a_projection_on_the_input_s_map,
    cost_that_rounds_down,
    cost_without_norm,
    cost_with_biases,
    cost_with_biases_and_norm,
    cost_with_running_statistics,
    cost_in_flops,
    cost_of_one_row,
    cost_of_one_position,
    cost_from_all_parameters,
    cost_reversed,
)
RESIDUAL_BLOCK_COST = _answer(
    1, *_OF_ANY_BLOCK, cost_with_a_late_stride, cost_of_one_convolution, cost_of_equal_channels
)
BOTTLENECK_COST = _answer(
    4,
    *_OF_ANY_BLOCK,
    cost_with_stride_at_3x3,
    cost_that_forgets_to_expand,
    cost_that_compares_with_the_narrow_width,
    cost_of_three_3x3,
)
