"""Lab 4, blocks as lists of convolutions: what the answers to both cost exercises are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

Cost = tuple[int, int]  # parameters, multiply-adds


@dataclass(frozen=True)
class Conv:
    """One convolution of a block.

    Args:
        kernel_size: Side of its kernel.
        in_channels: Channels that it reads.
        filters: Channels of its output.
        size: Side of its output.
    """

    kernel_size: int
    in_channels: int
    filters: int
    size: int

    @property
    def weights(self) -> int:
        """Values in the kernel."""
        return self.kernel_size**2 * self.in_channels * self.filters


@dataclass(frozen=True)
class Block:
    """A block as its function was called.

    Args:
        size: Side of the input.
        in_channels: Channels of the input.
        filters: The stage's width.
        strides: The block's stride.
        expansion: Channels of the output for each filter: 1, or 4 for a bottleneck.
    """

    size: int
    in_channels: int
    filters: int
    strides: int
    expansion: int

    @property
    def out(self) -> int:
        """Side of the output: what "same" padding leaves, rounded up."""
        return -(-self.size // self.strides)

    @property
    def way(self) -> list[Conv]:
        """The convolutions without the shortcut."""
        width, out = self.filters, self.out
        if self.expansion == 1:
            return [Conv(3, self.in_channels, width, out), Conv(3, width, width, out)]
        return [
            Conv(1, self.in_channels, width, out),
            Conv(3, width, width, out),
            Conv(1, width, self.expansion * width, out),
        ]

    @property
    def projection(self) -> Conv:
        """The convolution of the shortcut, where there is one."""
        return Conv(1, self.in_channels, self.expansion * self.filters, self.out)

    @property
    def fits(self) -> bool:
        """Whether the input can be added as it is."""
        return self.strides == 1 and self.in_channels == self.expansion * self.filters

    @property
    def convolutions(self) -> list[Conv]:
        """All convolutions."""
        return self.way if self.fits else [*self.way, self.projection]


def count(convolutions: Sequence[Conv], per_channel: int = 2) -> Cost:
    """Returns the cost of convolutions with `per_channel` learned numbers for each channel of an output."""
    params = sum(conv.weights + per_channel * conv.filters for conv in convolutions)
    return params, sum(conv.weights * conv.size**2 for conv in convolutions)
