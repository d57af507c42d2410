"""The shortcut without parameters: option A of the ResNet paper."""

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="cvlabs")
class PaddedShortcut(keras.layers.Layer):
    """Takes every `strides`-th pixel, and fills up the new channels with zeros.

    Reference: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 3.3, option A.

    Args:
        filters: Channels of the output, at least as many as those of the input.
        strides: Step along height and width.

    Raises:
        ValueError: The input has more channels than `filters`.
    """

    def __init__(self, filters: int, strides: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.filters, self.strides = filters, strides

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Checks the channels."""
        channels = input_shape[-1]
        if channels is None or channels > self.filters:
            raise ValueError(
                f"{self.name} fills up to {self.filters} channels, but its input has {channels}."
            )

    def call(self, inputs: Any) -> Any:
        """Returns N×⌈H/strides⌉×⌈W/strides⌉×filters of N×H×W×C."""
        x = inputs[:, :: self.strides, :: self.strides, :]
        return ops.pad(x, ((0, 0), (0, 0), (0, 0), (0, self.filters - inputs.shape[-1])))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Returns the output's shape."""
        batch, height, width, _ = input_shape
        size = (None if n is None else -(-n // self.strides) for n in (height, width))
        return (batch, *size, self.filters)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return super().get_config() | {"filters": self.filters, "strides": self.strides}
