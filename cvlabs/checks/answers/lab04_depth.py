"""Lab 4, the number in a ResNet's name: the right answer and the misconceptions."""

from collections.abc import Sequence

from cvlabs.checks.answers.answer import Answer


def resnet_depth(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """The stem's convolution, those of all blocks, and the dense layer."""
    return 1 + convs_per_block * sum(blocks_per_stage) + 1


def depth_of_the_blocks(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count the blocks' convolutions only. What comes before the first block and after the last?"""
    return convs_per_block * sum(blocks_per_stage)


def depth_without_one_end(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You are one short: the convolution of the stem counts, and so does the dense layer."""
    return convs_per_block * sum(blocks_per_stage) + 1


def depth_with_projections(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count the convolutions in shortcuts. They are not on the main path, so the name leaves them out."""
    return resnet_depth(blocks_per_stage, convs_per_block) + len(blocks_per_stage)


def depth_with_projections_where_it_halves(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count the convolutions in the shortcuts of halving blocks. They are not on the main path, so the
    name leaves them out.
    """
    return resnet_depth(blocks_per_stage, convs_per_block) + len(blocks_per_stage) - 1


def depth_with_poolings(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count the poolings. The name counts layers with weights on the main path."""
    return resnet_depth(blocks_per_stage, convs_per_block) + 2


def depth_with_one_pooling(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count one layer too many. Poolings have no weights and do not count."""
    return resnet_depth(blocks_per_stage, convs_per_block) + 1


def depth_in_blocks(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count each block once. A block is as deep as its convolutions."""
    return sum(blocks_per_stage) + 2


def depth_of_the_stages(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count the stages. Each of them has several blocks."""
    return convs_per_block * len(blocks_per_stage) + 2


def depth_with_norm(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """You count the normalizations. The name counts convolutions and the dense layer."""
    return 2 * (convs_per_block * sum(blocks_per_stage) + 1) + 1


def depth_of_two_convolutions(blocks_per_stage: Sequence[int], convs_per_block: int) -> int:
    """All your blocks have two convolutions. `convs_per_block` says how many there are."""
    return resnet_depth(blocks_per_stage, 2)


ANSWER = Answer(
    resnet_depth,
    (
        depth_of_the_blocks,
        depth_without_one_end,
        depth_with_projections,
        depth_with_projections_where_it_halves,
        depth_with_poolings,
        depth_with_one_pooling,
        depth_in_blocks,
        depth_of_the_stages,
        depth_with_norm,
        depth_of_two_convolutions,
    ),
)
