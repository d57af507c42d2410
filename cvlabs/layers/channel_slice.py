"""A part of the channels."""

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="cvlabs")
class ChannelSlice(keras.layers.Layer):
    """Passes on the channels from `start` up to, not including, `stop`.

    Args:
        start: The first channel.
        stop: The one after the last.

    Raises:
        ValueError: The input does not have these channels.
    """

    def __init__(self, start: int, stop: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start, self.stop = start, stop

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Checks the channels."""
        channels = input_shape[-1]
        if channels is None or not 0 <= self.start < self.stop <= channels:
            raise ValueError(
                f"{self.name} takes the channels from {self.start} up to, not including, {self.stop}, "
                f"but its input has {channels}."
            )

    def call(self, inputs: Any) -> Any:
        """Returns N×H×W×(stop − start) of N×H×W×C."""
        return inputs[..., self.start : self.stop]

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Returns the output's shape."""
        return (*input_shape[:-1], self.stop - self.start)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return super().get_config() | {"start": self.start, "stop": self.stop}
