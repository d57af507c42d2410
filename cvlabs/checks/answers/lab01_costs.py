"""Lab 1, parameters, multiply-adds and memory of one layer: right answers and misconceptions."""

import math
from collections.abc import Sequence

from cvlabs.checks.answers.answer import Answer

Shape = Sequence[int | None]

# A convolution's parameters


def conv_params(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """Parameters of a convolution whose filters see the channels of their group."""
    return kernel_size**2 * in_channels // groups * filters + use_bias * filters


def params_without_biases(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """You counted the weights of the kernels only. With use_bias each filter learns one number more."""
    return conv_params(kernel_size, in_channels, filters, groups, False)


def params_always_with_biases(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """You counted biases that are not there: what does use_bias=False say?"""
    return conv_params(kernel_size, in_channels, filters, groups)


def params_without_biases_by_default(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = False
) -> int:
    """Your function counts no biases when use_bias is not given. Look at the default that the exercise asks
    for.
    """
    return conv_params(kernel_size, in_channels, filters, groups, use_bias)


def params_of_nothing_without_biases(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """Without biases your result is 0: Python reads `a + b if use_bias else 0` as `(a + b) if use_bias
    else 0`. Put brackets around `b if use_bias else 0`.
    """
    return conv_params(kernel_size, in_channels, filters, groups) if use_bias else 0


def params_without_groups(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """Your result does not depend on groups. A filter sees the channels of its own group only."""
    return conv_params(kernel_size, in_channels, filters, 1, use_bias)


def params_of_one_group(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """This is one group of the layer. How many are there?"""
    return kernel_size**2 * (in_channels // groups) * (filters // groups) + use_bias * (filters // groups)


def params_divided_twice(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """You divided both channels and filters by groups. All filters are still there; each sees less."""
    return kernel_size**2 * (in_channels // groups) * (filters // groups) + use_bias * filters


def params_with_divided_biases(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """You divided the biases by groups, too. Which numbers does a filter learn besides its kernel?"""
    return kernel_size**2 * (in_channels // groups) * filters + use_bias * (filters // groups)


def params_with_biases_per_group(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """You gave every group the biases of the whole layer. A filter belongs to one group."""
    return kernel_size**2 * (in_channels // groups) * filters + use_bias * filters * groups


def params_with_one_bias(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """You counted one bias for the whole layer. Does every output channel add the same number?"""
    return kernel_size**2 * in_channels // groups * filters + use_bias


def params_of_a_line_kernel(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """The kernel is a square: kernel_size is the length of one side, and both sides hold weights."""
    return kernel_size * in_channels // groups * filters + use_bias * filters


def params_of_one_filter(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """This is one filter of the layer. How many are there?"""
    return kernel_size**2 * (in_channels // groups) + use_bias


def params_of_one_input_channel(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """Each of your filters has a single slice. It has one for every input channel of its group."""
    return (kernel_size**2 + use_bias) * filters


def params_with_a_bias_per_slice(
    kernel_size: int, in_channels: int, filters: int, groups: int = 1, use_bias: bool = True
) -> int:
    """You gave each slice of a filter a bias of its own. The slices are added up: a filter has one bias."""
    return (kernel_size**2 + use_bias) * (in_channels // groups) * filters


# A convolution's multiply-adds


def conv_macs(output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1) -> int:
    """Multiply-adds of a convolution with a square output, without biases."""
    return output_size**2 * kernel_size**2 * in_channels // groups * filters


def macs_as_flops(output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1) -> int:
    """This is twice the right number. A multiplication and the addition after it are one multiply-add."""
    return 2 * conv_macs(output_size, kernel_size, in_channels, filters, groups)


def macs_with_biases(
    output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1
) -> int:
    """You counted the biases too. Adding a bias multiplies nothing, so it is no multiply-add here."""
    return conv_macs(output_size, kernel_size, in_channels, filters, groups) + output_size**2 * filters


def macs_without_groups(
    output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1
) -> int:
    """Your result does not depend on groups. A filter multiplies the channels of its own group only."""
    return conv_macs(output_size, kernel_size, in_channels, filters)


def macs_divided_twice(
    output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1
) -> int:
    """You divided both channels and filters by groups. All filters still work; each on fewer channels."""
    return conv_macs(output_size, kernel_size, in_channels // groups, filters // groups)


def macs_of_one_position(
    output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1
) -> int:
    """This is the work at one position of the output. At how many positions do the kernels stop?"""
    return conv_macs(1, kernel_size, in_channels, filters, groups)


def macs_of_one_row(
    output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1
) -> int:
    """You counted the positions along one side of the output only. The map is a square."""
    return output_size * conv_macs(1, kernel_size, in_channels, filters, groups)


def macs_of_one_input_channel(
    output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1
) -> int:
    """Each of your filters looks at a single channel. A filter multiplies every channel of its group."""
    return conv_macs(output_size, kernel_size, 1, filters)


def macs_of_a_line_kernel(
    output_size: int, kernel_size: int, in_channels: int, filters: int, groups: int = 1
) -> int:
    """The kernel is a square: kernel_size is the length of one side, and both sides hold weights."""
    return output_size**2 * kernel_size * in_channels // groups * filters


# The memory of an output

SIZES = {
    "float64": 8,
    "int64": 8,
    "float32": 4,
    "int32": 4,
    "float16": 2,
    "bfloat16": 2,
    "int16": 2,
    "int8": 1,
    "uint8": 1,
}


def activation_bytes(shape: Shape, dtype: str = "float32") -> int:
    """Bytes of the values of a tensor, for one image."""
    return math.prod(n or 1 for n in shape) * SIZES[dtype]


def bits_of_an_activation(shape: Shape, dtype: str = "float32") -> int:
    """You counted bits: that is the number in the dtype's name. How many bits are a byte?"""
    return 8 * activation_bytes(shape, dtype)


def kib_of_an_activation(shape: Shape, dtype: str = "float32") -> float:
    """You divided by 1024. That gives KiB; bytes are asked for."""
    return activation_bytes(shape, dtype) / 1024


def bytes_of_float32(shape: Shape, dtype: str = "float32") -> int:
    """Your result is the same for every dtype. The values of some take less room than those of others."""
    return activation_bytes(shape)


def values_of_an_activation(shape: Shape, dtype: str = "float32") -> int:
    """You counted values. How many bytes does each of them take?"""
    return activation_bytes(shape, "int8")


def bytes_of_added_sides(shape: Shape, dtype: str = "float32") -> int:
    """You added the sides. How many values does a block with these sides hold?"""
    return sum(n or 1 for n in shape) * SIZES[dtype]


def bytes_of_no_image(shape: Shape, dtype: str = "float32") -> int:
    """You counted an unknown batch as 0 images, which take no memory. One image is asked for."""
    return math.prod(n or 0 for n in shape) * SIZES[dtype]


def bytes_of_three_axes(shape: Shape, dtype: str = "float32") -> int:
    """You used the last three axes only. A shape may have more of them, or fewer."""
    return math.prod(n or 1 for n in shape[-3:]) * SIZES[dtype]


def bytes_for_training(shape: Shape, dtype: str = "float32") -> int:
    """This is twice the right number. The gradient of the output is not asked for, only the output."""
    return 2 * activation_bytes(shape, dtype)


CONV_PARAMS = Answer(
    conv_params,
    (
        params_without_biases,
        params_always_with_biases,
        params_without_biases_by_default,
        params_of_nothing_without_biases,
        params_without_groups,
        params_of_one_group,
        params_divided_twice,
        params_with_divided_biases,
        params_with_biases_per_group,
        params_with_one_bias,
        params_of_a_line_kernel,
        params_of_one_filter,
        params_of_one_input_channel,
        params_with_a_bias_per_slice,
    ),
)

CONV_MACS = Answer(
    conv_macs,
    (
        macs_as_flops,
        macs_with_biases,
        macs_without_groups,
        macs_divided_twice,
        macs_of_one_position,
        macs_of_one_row,
        macs_of_one_input_channel,
        macs_of_a_line_kernel,
    ),
)

ACTIVATION_BYTES = Answer(
    activation_bytes,
    (
        bits_of_an_activation,
        kib_of_an_activation,
        bytes_of_float32,
        values_of_an_activation,
        bytes_of_added_sides,
        bytes_of_no_image,
        bytes_of_three_axes,
        bytes_for_training,
    ),
)
