"""Max pooling that pads both sides, as torch does."""

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="cvlabs")
class SymmetricMaxPooling2D(keras.layers.MaxPooling2D):
    """Max pooling that pads every side by `pool_size // 2` with −∞, which no window returns.

    Keras' own "same" puts the odd pixel at the bottom right, and `ZeroPadding2D` changes the result where all
    values are negative, as before a ReLU.

    Args:
        pool_size: Height and width of the window.
        strides: Step along height and width; `pool_size` if left out.
    """

    def __init__(self, pool_size: int = 3, strides: int | None = None, **kwargs: Any) -> None:
        super().__init__(pool_size, strides, padding="valid", data_format="channels_last", **kwargs)

    def call(self, inputs: Any) -> Any:
        """Pools N×H×W×C."""
        amounts = [(n // 2, n // 2) for n in self.pool_size]
        return super().call(ops.pad(inputs, ((0, 0), *amounts, (0, 0)), constant_values=float("-inf")))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Returns the output's shape."""
        batch, *size, channels = input_shape
        padded = (None if n is None else n + p // 2 * 2 for n, p in zip(size, self.pool_size, strict=True))
        return tuple(super().compute_output_shape((batch, *padded, channels)))

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        config = super().get_config()
        return {k: v for k, v in config.items() if k not in ("padding", "data_format")}
