"""Lab 2, stacks of small kernels: the right answers and the misconceptions."""

import math

from cvlabs.checks.answers.answer import Answer


def equivalent_depth(kernel_size: int) -> int:
    """The number of 3×3 convolutions that see as far as one larger one."""
    return (kernel_size - 1) // 2


def depth_of_equal_weights(kernel_size: int) -> int:
    """You compared how many weights the kernels have. The question is how far the stack sees, so compare the
    sides of the fields.
    """
    return math.ceil(kernel_size**2 / 9)


def depth_of_tiles(kernel_size: int) -> int:
    """You put kernels side by side. They come one after the other, and the fields of neighbours overlap:
    by how much does the field grow with each layer?
    """
    return math.ceil(kernel_size / 3)


def depth_of_whole_tiles(kernel_size: int) -> int:
    """You put whole kernels side by side. They come one after the other, and the fields of neighbours
    overlap: by how much does the field grow with each layer?
    """
    return kernel_size // 3


def depth_of_multiplied_fields(kernel_size: int) -> int:
    """In your count the field grows threefold with each layer. That would need strides: with stride 1 it
    grows by the same amount each time.
    """
    return math.ceil(math.log(kernel_size, 3) - 1e-9)


def depth_of_one_side(kernel_size: int) -> int:
    """In your count the field grows by one with each layer. A 3×3 kernel looks one step to *both* sides."""
    return kernel_size - 2


def depth_from_no_field(kernel_size: int) -> int:
    """You have one layer too many. Without any layer, a value sees itself: the field starts at 1."""
    return (kernel_size + 1) // 2


def depth_without_the_last(kernel_size: int) -> int:
    """You have one layer too few. The first layer counts as well: one 3×3 convolution sees 3×3."""
    return (kernel_size - 3) // 2


EQUIVALENT_DEPTH = Answer(
    equivalent_depth,
    (
        depth_of_equal_weights,
        depth_of_tiles,
        depth_of_whole_tiles,
        depth_of_multiplied_fields,
        depth_of_one_side,
        depth_from_no_field,
        depth_without_the_last,
    ),
)


def stacked_params(kernel_size: int, depth: int, channels: int) -> int:
    """Weights of `depth` convolutions one behind the other, C -> C each, without biases."""
    return depth * kernel_size**2 * channels**2


def params_with_biases(kernel_size: int, depth: int, channels: int) -> int:
    """Your count has the biases. The lecture's 25C² and 18C² are weights alone."""
    return depth * (kernel_size**2 * channels + 1) * channels


def params_of_one_layer(kernel_size: int, depth: int, channels: int) -> int:
    """You counted one layer of the stack. Each layer has kernels of its own."""
    return kernel_size**2 * channels**2


def params_of_one_filter(kernel_size: int, depth: int, channels: int) -> int:
    """You counted one filter per layer. A layer with C output channels has C of them."""
    return depth * kernel_size**2 * channels


def params_of_line_kernels(kernel_size: int, depth: int, channels: int) -> int:
    """The kernels are squares: how many weights has one of them for each input channel?"""
    return depth * kernel_size * channels**2


def params_of_the_field(kernel_size: int, depth: int, channels: int) -> int:
    """You counted one kernel as large as the field of the whole stack. The stack avoids having just that."""
    return (1 + depth * (kernel_size - 1)) ** 2 * channels**2


def params_of_wider_layers(kernel_size: int, depth: int, channels: int) -> int:
    """In your count the channels add up from layer to layer. Every layer reads C channels and gives C."""
    return kernel_size**2 * channels**2 * depth * (depth + 1) // 2


STACKED_PARAMS = Answer(
    stacked_params,
    (
        params_with_biases,
        params_of_one_layer,
        params_of_one_filter,
        params_of_line_kernels,
        params_of_the_field,
        params_of_wider_layers,
    ),
)


def stacked_macs(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """Multiply-adds of the stack on a map that keeps its size."""
    return size**2 * stacked_params(kernel_size, depth, channels)


def macs_with_biases(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """Your multiply-adds include the biases. Adding a bias multiplies nothing."""
    return size**2 * params_with_biases(kernel_size, depth, channels)


def macs_of_one_layer(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """You counted one layer of the stack. Every layer works on the whole map."""
    return size**2 * params_of_one_layer(kernel_size, depth, channels)


def macs_as_two(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """Your number is twice the right one. A multiplication and the addition after it are one multiply-add,
    which the lecture calls one "Flop".
    """
    return 2 * stacked_macs(size, kernel_size, depth, channels)


def macs_of_one_position(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """You counted the work at one position. The kernels slide over the whole map."""
    return stacked_params(kernel_size, depth, channels)


def macs_of_one_row(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """You counted the positions along one side of the map. The map is a square, and the kernels stop
    everywhere.
    """
    return size * stacked_params(kernel_size, depth, channels)


def macs_of_one_filter(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """You counted one filter per layer. A layer with C output channels has C of them."""
    return size**2 * params_of_one_filter(kernel_size, depth, channels)


def macs_without_padding(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """In your count the map shrinks from layer to layer. VGG pads its maps so that their size stays."""
    sizes = [size - i * (kernel_size - 1) for i in range(1, depth + 1)]
    return sum(s**2 for s in sizes) * kernel_size**2 * channels**2


def macs_of_halved_maps(size: int, kernel_size: int, depth: int, channels: int) -> int:
    """In your count the map is halved between the layers. Within the stack nothing is pooled."""
    return sum((size // 2**i) ** 2 for i in range(depth)) * kernel_size**2 * channels**2


STACKED_MACS = Answer(
    stacked_macs,
    (
        macs_with_biases,
        macs_of_one_layer,
        macs_as_two,
        macs_of_one_position,
        macs_of_one_row,
        macs_of_one_filter,
        macs_without_padding,
        macs_of_halved_maps,
    ),
)
