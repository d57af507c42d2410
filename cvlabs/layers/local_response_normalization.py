"""Local response normalization across channels.

Reference: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural Networks",
NeurIPS 2012, section 3.3.
"""

from typing import Any

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="cvlabs")
class LocalResponseNormalization(keras.layers.Layer):
    """Divides each channel by a power of the sum of squares over the channels around it.

    `y[c] = x[c] / (bias + alpha * sum(x[c']**2 for |c' - c| <= depth_radius)) ** beta`

    `alpha` multiplies the plain sum, as in AlexNet's formula and in `tf.nn.local_response_normalization`.
    Caffe and `torch.nn.LocalResponseNorm` divide it by the window first: theirs is `2 * depth_radius + 1`
    times ours. The defaults are AlexNet's.

    The sum over a window of channels is a product with a band matrix, and for `beta=0.75` the power is
    `rsqrt(s) * sqrt(rsqrt(s))`: on CPU that beats TensorFlow's own kernel, and it runs on every backend.
    All of it is computed in float32, whatever the dtype policy.

    Args:
        depth_radius: Channels on either side that count; the window is `2 * depth_radius + 1` wide.
        bias: The constant that keeps the denominator from zero.
        alpha: Weight of the sum of squares.
        beta: The exponent.

    Raises:
        ValueError: `depth_radius` is negative or no whole number, or `bias` is not positive.

    Example:
        >>> import keras
        >>> LocalResponseNormalization()(keras.ops.ones((1, 2, 2, 8))).shape
        TensorShape([1, 2, 2, 8])
    """

    def __init__(
        self,
        depth_radius: int = 2,
        bias: float = 2.0,
        alpha: float = 1e-4,
        beta: float = 0.75,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not isinstance(depth_radius, int) or depth_radius < 0:
            raise ValueError(f"depth_radius must be a whole number of at least 0, got {depth_radius!r}.")
        if not bias > 0:
            raise ValueError(f"bias must be positive, so that nothing is divided by zero; got {bias!r}.")
        self.depth_radius, self.bias, self.alpha, self.beta = depth_radius, bias, alpha, beta
        self.supports_masking = True

    def call(self, inputs: Any) -> Any:
        """Normalizes a tensor whose last axis is the channels."""
        x = ops.cast(inputs, "float32")
        channels = x.shape[-1]
        offset = np.abs(np.subtract.outer(np.arange(channels), np.arange(channels)))
        band = (self.alpha * (offset <= self.depth_radius)).astype("float32")
        total = self.bias + ops.matmul(ops.square(x), ops.convert_to_tensor(band))
        if self.beta == 0.75:
            root = ops.rsqrt(total)
            scale = root * ops.sqrt(root)
        else:
            scale = ops.power(total, -self.beta)
        return ops.cast(x * scale, inputs.dtype)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """The shape does not change."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        own = {name: getattr(self, name) for name in ("depth_radius", "bias", "alpha", "beta")}
        return super().get_config() | own
