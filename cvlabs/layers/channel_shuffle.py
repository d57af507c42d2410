"""Exchange of channels between the groups of a grouped convolution."""

from numbers import Integral
from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="cvlabs")
class ChannelShuffle(keras.layers.Layer):
    """Deals the channels of each group out to all groups, like cards.

    Reference: Zhang et al., "ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile
    Devices", CVPR 2018, figure 1.

    Args:
        groups: Number of groups; it divides the channels.

    Raises:
        ValueError: `groups` is no whole number of at least 1, or the channels are not divisible by it.
    """

    def __init__(self, groups: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not isinstance(groups, Integral) or groups < 1:
            raise ValueError(f"groups must be a whole number of at least 1, got {groups!r}.")
        self.groups: int = int(groups)

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Checks the channels."""
        channels = input_shape[-1]
        if channels is None or channels % self.groups:
            raise ValueError(f"{self.name} cannot divide {channels} channels into {self.groups} groups.")

    def call(self, inputs: Any) -> Any:
        """Reorders the channels of N×H×W×C."""
        height, width, channels = ops.shape(inputs)[1:]  # sizes may be known only at run time
        x = ops.reshape(inputs, (-1, height, width, self.groups, channels // self.groups))
        return ops.reshape(ops.transpose(x, (0, 1, 2, 4, 3)), (-1, height, width, channels))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """The shape does not change."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return super().get_config() | {"groups": self.groups}
