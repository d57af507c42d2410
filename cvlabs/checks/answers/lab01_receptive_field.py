"""Lab 1, the receptive field: the right answer and the misconceptions."""

import math
from collections.abc import Sequence

from cvlabs.checks.answers.answer import Answer

Layers = Sequence[tuple[int, int]]


def receptive_field(layers: Layers) -> int:
    """Pixels along one side of the input that one value of the last output depends on."""
    field = jump = 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * jump
        jump *= strides
    return field


def field_without_strides(layers: Layers) -> int:
    """Your result does not depend on strides. After a stride, neighbours are several pixels apart."""
    return 1 + sum(kernel_size - 1 for kernel_size, _ in layers)


def field_of_added_kernels(layers: Layers) -> int:
    """You added the kernels. Two 3×3 convolutions see 5×5 pixels, and after strides each step is longer."""
    return sum(kernel_size for kernel_size, _ in layers)


def field_of_multiplied_kernels(layers: Layers) -> int:
    """You multiplied the kernels. Draw two 3×3 convolutions: their fields overlap, so it is not 9 pixels."""
    return math.prod(kernel_size for kernel_size, _ in layers)


def field_with_own_strides(layers: Layers) -> int:
    """You let a layer's stride widen its own kernel. It spreads the layer's outputs: who reads those?"""
    field = jump = 1
    for kernel_size, strides in layers:
        jump *= strides
        field += (kernel_size - 1) * jump
    return field


def field_with_the_last_stride_only(layers: Layers) -> int:
    """You used the stride of the layer before only. All strides before a layer act together."""
    field = jump = 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * jump
        jump = strides
    return field


def field_with_added_strides(layers: Layers) -> int:
    """You added the strides. A stride of 2 after a stride of 4 moves by 8 pixels."""
    field, jump = 1, 0
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * max(jump, 1)
        jump += strides
    return field


def field_from_nothing(layers: Layers) -> int:
    """You are one pixel short. Without any layer, a value sees one pixel: itself."""
    return receptive_field(layers) - 1


def field_of_whole_kernels(layers: Layers) -> int:
    """You added the whole kernel at each layer. One of its values is within what is already seen."""
    field = jump = 1
    for kernel_size, strides in layers:
        field += kernel_size * jump
        jump *= strides
    return field


def field_from_the_output(layers: Layers) -> int:
    """You went through the layers from the output, with the strides of the wrong side of each."""
    return receptive_field(layers[::-1])


def field_of_the_first_layer(layers: Layers) -> int:
    """This is the field of the first layer. Does `return` come after the loop?"""
    return receptive_field(layers[:1])


def field_within_alexnets_image(layers: Layers) -> int:
    """Your field ends at 227 pixels. That is one network's image: another network may see more, and its value
    then depends on zeros around the image as well.
    """
    return min(receptive_field(layers), 227)


def area_of_the_field(layers: Layers) -> int:
    """This is the number of pixels in the square. Its side is asked for."""
    return receptive_field(layers) ** 2


def jump_of_the_last_layer(layers: Layers) -> int:
    """This is how far the fields of two neighbouring outputs are apart. How large is each of them?"""
    return math.prod(strides for _, strides in layers)


ANSWER = Answer(
    receptive_field,
    (
        field_without_strides,
        field_of_added_kernels,
        field_of_multiplied_kernels,
        field_with_own_strides,
        field_with_the_last_stride_only,
        field_with_added_strides,
        field_from_nothing,
        field_of_whole_kernels,
        field_from_the_output,
        field_of_the_first_layer,
        field_within_alexnets_image,
        area_of_the_field,
        jump_of_the_last_layer,
    ),
)
