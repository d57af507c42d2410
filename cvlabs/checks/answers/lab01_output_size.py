"""Lab 1, the size of a convolution's output: the right answer and the misconceptions."""

import math

from cvlabs.checks.answers.answer import Answer


def conv_output_size(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Positions of the kernel along one side."""
    extent = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - extent) // strides + 1


def size_rounded_up(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You rounded up. Is there an output where the last step would move the kernel over the edge?"""
    extent = dilation * (kernel_size - 1) + 1
    return math.ceil((size + 2 * padding - extent) / strides) + 1


def size_rounded_to_nearest(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You rounded to the nearest number. A step that does not fit as a whole is not made."""
    extent = dilation * (kernel_size - 1) + 1
    return round((size + 2 * padding - extent) / strides) + 1


def size_as_a_fraction(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> float:
    """Your division gives fractions. How many whole steps does the kernel make?"""
    extent = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - extent) / strides + 1


def size_of_the_textbook(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> float:
    """Two things are missing: your division gives fractions, and your result does not depend on dilation. How
    many whole steps does the kernel make, and how many pixels does a kernel with gaps cover?
    """
    return (size + 2 * padding - kernel_size) / strides + 1


def size_without_the_first_position(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You counted the steps. The kernel is at its first position before its first step."""
    extent = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - extent) // strides


def size_of_steps_rounded_up(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You counted the steps and rounded up. Where the division comes out even, one position is missing: the
    one before the first step.
    """
    extent = dilation * (kernel_size - 1) + 1
    return math.ceil((size + 2 * padding - extent) / strides)


def size_of_a_kernel_one_short(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Your kernel is one pixel too short. How many pixels does a kernel of 3 weights with dilation 1 cover,
    and how many does your formula subtract?
    """
    return (size + 2 * padding - dilation * (kernel_size - 1)) // strides + 1


def size_padded_once(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You added the padding once. How many edges does one side of the image have?"""
    extent = dilation * (kernel_size - 1) + 1
    return (size + padding - extent) // strides + 1


def size_without_padding(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Your result does not depend on padding. Zeros around the image make room for more positions."""
    extent = dilation * (kernel_size - 1) + 1
    return (size - extent) // strides + 1


def size_without_dilation(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Your result does not depend on dilation. How many pixels does a kernel with gaps cover?"""
    return (size + 2 * padding - kernel_size) // strides + 1


def size_of_a_multiplied_kernel(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You made a dilated kernel too large. Draw one of three weights with dilation 2 and count the pixels."""
    return (size + 2 * padding - dilation * kernel_size) // strides + 1


def size_of_a_kernel_with_wide_gaps(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Your gaps are one pixel too wide. A dilation of 1 means a kernel without gaps."""
    extent = kernel_size + (kernel_size - 1) * dilation
    return (size + 2 * padding - extent) // strides + 1


def size_of_a_kernel_with_one_gap(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You widened a dilated kernel by one gap. How many gaps lie between its weights?"""
    return (size + 2 * padding - (kernel_size + dilation - 1)) // strides + 1


def size_without_strides(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Your result does not depend on strides. The kernel moves by that many pixels at each step."""
    return size + 2 * padding - dilation * (kernel_size - 1)


def size_divided_first(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """You divided the image by the stride before the kernel was taken off. Only the steps are divided."""
    return (size + 2 * padding) // strides - dilation * (kernel_size - 1)


def size_of_same_padding(
    size: int, kernel_size: int, strides: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """This is the output for padding="same". Here the zeros are counted, and the kernel takes its share."""
    return -(-size // strides)


ANSWER = Answer(
    conv_output_size,
    (
        size_rounded_up,
        size_rounded_to_nearest,
        size_as_a_fraction,
        size_of_the_textbook,
        size_without_the_first_position,
        size_of_steps_rounded_up,
        size_of_a_kernel_one_short,
        size_padded_once,
        size_without_padding,
        size_without_dilation,
        size_of_a_multiplied_kernel,
        size_of_a_kernel_with_wide_gaps,
        size_of_a_kernel_with_one_gap,
        size_without_strides,
        size_divided_first,
        size_of_same_padding,
    ),
)
