"""Lab 4, the network around the blocks: the right answer and the misconceptions."""

from collections.abc import Callable, Sequence
from typing import Any

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab04_conv_bn_relu import conv_as_without_norm, conv_bn_relu, conv_norm
from cvlabs.checks.answers.lab04_residual_block import shortcut
from cvlabs.models.resnet import resnet as published_resnet

Tensor = Any  # a symbolic Keras tensor
Block = Callable[..., Tensor]
Blocks = Sequence[int]
Shape = tuple[int, int, int]
Steps = Callable[[int, int, int], int]  # of a stage, a block in it, and the stage's number of blocks

IMAGE: Shape = (224, 224, 3)


def resnet(
    blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Stem, stages and head."""

    def bare(x: Tensor, filters: int, strides: int, **_: object) -> Tensor:
        return block(x, filters, strides)

    return published_resnet(input_shape, classes, depths=tuple(blocks_per_stage), block=bare)


def _pool(x: Tensor) -> Tensor:
    return layers.MaxPooling2D(3, strides=2, padding="same")(x)


def _stem_conv(x: Tensor) -> Tensor:
    return layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False)(x)


def _stem(x: Tensor) -> Tensor:
    return _pool(conv_bn_relu(x, 64, 7, 2))


def _head(x: Tensor, classes: int) -> Tensor:
    return layers.Dense(classes)(layers.GlobalAveragePooling2D()(x))


def _first_of_later_stages(stage: int, i: int, blocks: int) -> int:
    return 2 if stage > 0 and i == 0 else 1


def _network(
    blocks_per_stage: Blocks,
    block: Block,
    input_shape: Shape,
    classes: int,
    *,
    stem: Callable[[Tensor], Tensor] = _stem,
    head: Callable[[Tensor, int], Tensor] = _head,
    steps: Steps = _first_of_later_stages,
    width: Callable[[int, int], int] = lambda stage, i: 64 * 2**stage,
) -> keras.Model:
    """The network with one thing changed; `width` is that of a block in a stage."""
    inputs = keras.Input(input_shape)
    x = stem(inputs)
    for stage, blocks in enumerate(blocks_per_stage):
        for i in range(blocks):
            x = block(x, width(stage, i), steps(stage, i, blocks))
    return keras.Model(inputs, head(x, classes))


Wrong = tuple[str, str, dict[str, Any]]

_CHANGES: tuple[Wrong, ...] = (
    (
        "resnet_without_stem_pooling",
        "Your stem has no pooling. The convolution halves the map, and the pooling halves it again.",
        {"stem": lambda x: conv_bn_relu(x, 64, 7, 2)},
    ),
    (
        "resnet_without_stem_stride",
        "The convolution of your stem has no stride. It has stride 2, and so has the pooling after it.",
        {"stem": lambda x: _pool(conv_bn_relu(x, 64, 7))},
    ),
    (
        "resnet_without_stem",
        "Your first block reads the image. The stem comes before it.",
        {"stem": lambda x: x},
    ),
    (
        "resnet_with_a_stem_of_3x3",
        "The kernel of your stem is 3×3. How large is it in the table?",
        {"stem": lambda x: _pool(conv_bn_relu(x, 64, 3, 2))},
    ),
    (
        "resnet_with_a_biased_stem",
        "The convolution of your stem has biases as well as a normalization. It has no biases.",
        {"stem": lambda x: _pool(layers.ReLU()(conv_norm(x, 64, 7, 2, use_bias=True)))},
    ),
    (
        "resnet_with_a_stem_without_norm",
        "The convolution of your stem is not normalized. It has a normalization like all others.",
        {"stem": lambda x: _pool(conv_as_without_norm(x, 64, 7, 2))},
    ),
    (
        "resnet_with_a_linear_stem",
        "The ReLU of your stem is missing.",
        {"stem": lambda x: _pool(conv_norm(x, 64, 7, 2))},
    ),
    (
        "resnet_that_pools_before_norm",
        "The pooling of your stem comes before the normalization. In which order does the table have them?",
        {"stem": lambda x: layers.ReLU()(layers.BatchNormalization()(_pool(_stem_conv(x))))},
    ),
    (
        "resnet_with_an_averaging_stem",
        "The pooling of your stem averages. It should be a max pooling.",
        {"stem": lambda x: layers.AveragePooling2D(3, strides=2, padding="same")(conv_bn_relu(x, 64, 7, 2))},
    ),
    (
        "resnet_with_a_2x2_pooling",
        "The windows of your stem's pooling are 2×2. They overlap: size and stride differ.",
        {"stem": lambda x: layers.MaxPooling2D(2, padding="same")(conv_bn_relu(x, 64, 7, 2))},
    ),
    (
        "resnet_with_a_valid_pooling",
        'The pooling of your stem loses the border of the map. It has "same" padding.',
        {"stem": lambda x: layers.MaxPooling2D(3, strides=2)(conv_bn_relu(x, 64, 7, 2))},
    ),
    (
        "resnet_that_halves_at_once",
        "Your first stage halves the map. Its blocks all have stride 1.",
        {"steps": lambda stage, i, blocks: 2 if i == 0 else 1},
    ),
    (
        "resnet_that_never_halves",
        "All your blocks keep the size of the map. The first one of each later stage halves it.",
        {"steps": lambda stage, i, blocks: 1},
    ),
    (
        "resnet_that_always_halves",
        "All blocks of your later stages halve the map. Only the first one of a stage does.",
        {"steps": lambda stage, i, blocks: 2 if stage > 0 else 1},
    ),
    (
        "resnet_that_halves_at_the_end",
        "In your stages the last block halves the map. The first one does, so that the others are cheap.",
        {"steps": lambda stage, i, blocks: 2 if stage > 0 and i == blocks - 1 else 1},
    ),
    (
        "resnet_of_one_width",
        "All your stages have 64 filters. Where the map halves, the filters double.",
        {"width": lambda stage, i: 64},
    ),
    (
        "resnet_that_doubles_at_once",
        "Your first stage has 128 filters. It begins with 64.",
        {"width": lambda stage, i: 128 * 2**stage},
    ),
    (
        "resnet_that_expands_itself",
        "You multiply the filters by four. The bottleneck does so itself; pass it the stage's width.",
        {"width": lambda stage, i: 256 * 2**stage},
    ),
    (
        "resnet_that_widens_in_a_stage",
        "Your filters double from block to block. Within a stage they stay the same.",
        {"width": lambda stage, i: 64 * 2 ** (stage + i)},
    ),
    (
        "resnet_that_flattens",
        "Your head flattens the last map. What did GoogLeNet do there, to save parameters?",
        {"head": lambda x, classes: layers.Dense(classes)(layers.Flatten()(x))},
    ),
    (
        "resnet_with_a_max_head",
        "Your head keeps the largest value of each channel. It should take the mean.",
        {"head": lambda x, classes: layers.Dense(classes)(layers.GlobalMaxPooling2D()(x))},
    ),
    (
        "resnet_with_softmax",
        "Your outputs are probabilities. Return the logits: the values before the softmax.",
        {"head": lambda x, classes: layers.Softmax()(_head(x, classes))},
    ),
    (
        "resnet_with_dropout",
        "Something is dropped in your network during training. ResNet has no dropout.",
        {
            "head": lambda x, classes: layers.Dense(classes)(
                layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
            )
        },
    ),
    (
        "resnet_with_a_hidden_layer",
        "There is a hidden dense layer in your head. One dense layer follows the average.",
        {"head": lambda x, classes: _head_with_hidden(x, classes)},
    ),
    (
        "resnet_without_head_biases",
        "Your last layer has no biases. No normalization follows it, so it needs its own.",
        {
            "head": lambda x, classes: layers.Dense(classes, use_bias=False)(
                layers.GlobalAveragePooling2D()(x)
            )
        },
    ),
)


def _head_with_hidden(x: Tensor, classes: int) -> Tensor:
    x = layers.Dense(1000, activation="relu")(layers.GlobalAveragePooling2D()(x))
    return layers.Dense(classes)(x)


def _changed(name: str, hint: str, change: dict[str, Any]) -> Callable[..., keras.Model]:
    def build(
        blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
    ) -> keras.Model:
        return _network(blocks_per_stage, block, input_shape, classes, **change)

    build.__name__, build.__doc__ = name, hint
    return build


def resnet_of_the_paper_only(
    blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """You always build stages of 3, 4, 6 and 3 blocks. `blocks_per_stage` says how many there are."""
    return _network((3, 4, 6, 3), block, input_shape, classes)


def resnet_of_single_blocks(
    blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Each of your stages has one block. `blocks_per_stage` says how many there are."""
    return _network((1,) * len(blocks_per_stage), block, input_shape, classes)


def resnet_of_four_stages(
    blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your network has at most four stages. It has as many as `blocks_per_stage` has numbers."""
    return _network(blocks_per_stage[:4], block, input_shape, classes)


def resnet_that_doubles_after_each_block(
    blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """Your filters double after every block. They double from stage to stage: is the line inside the inner
    loop?
    """
    before = [sum(blocks_per_stage[:stage]) for stage in range(len(blocks_per_stage))]
    return _network(
        blocks_per_stage, block, input_shape, classes, width=lambda stage, i: 64 * 2 ** (before[stage] + i)
    )


def resnet_of_residual_blocks(
    blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """You call your own residual_block. Call the argument `block`: the network is built from any block."""

    def basic(x: Tensor, filters: int, strides: int) -> Tensor:
        return _added(x, conv_norm(conv_bn_relu(x, filters, 3, strides), filters, 3), strides)

    return _network(blocks_per_stage, basic, input_shape, classes)


def resnet_of_bottleneck_blocks(
    blocks_per_stage: Blocks, block: Block, input_shape: Shape = IMAGE, classes: int = 1000
) -> keras.Model:
    """You call your own bottleneck_block. Call the argument `block`: the network is built from any block."""

    def bottleneck(x: Tensor, filters: int, strides: int) -> Tensor:
        y = conv_bn_relu(conv_bn_relu(x, filters, 1, strides), filters, 3)
        return _added(x, conv_norm(y, 4 * filters, 1), strides)

    return _network(blocks_per_stage, bottleneck, input_shape, classes)


def _added(x: Tensor, y: Tensor, strides: int) -> Tensor:
    return layers.ReLU()(layers.Add()([shortcut(x, y, strides), y]))


ANSWER = Answer(
    resnet,
    (
        *(_changed(*change) for change in _CHANGES),
        resnet_of_the_paper_only,
        resnet_of_single_blocks,
        resnet_of_four_stages,
        resnet_that_doubles_after_each_block,
        resnet_of_residual_blocks,
        resnet_of_bottleneck_blocks,
    ),
)
