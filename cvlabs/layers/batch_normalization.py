"""Batch normalization in one operation, where TensorFlow has it.

Reference: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
Covariate Shift", ICML 2015.
"""

from typing import Any

import keras

from cvlabs.layers.xla import in_xla

_DTYPES = ("float32", "bfloat16", "float16")


@keras.saving.register_keras_serializable(package="cvlabs")
class BatchNormalization(keras.layers.BatchNormalization):
    """Keras' layer, with the same arguments, weights and results, faster on TensorFlow.

    Keras composes the layer from elementary operations, each of which reads and writes the whole tensor.
    TensorFlow's fused kernel takes less than half the time on CPU, forward and backward, and reads bfloat16
    and float16 as they are; statistics are float32 in any case. The layer calls it for features N×H×W×C on
    the TensorFlow backend. It does as Keras does where the kernel does not apply: other ranks and axes,
    float64, masks, `renorm`, `synchronized`, functions compiled by XLA (which fuses by itself), and the other
    backends.

    As in Keras, `trainable=False` means inference mode, and the running variance is that of the batch as it
    is, divided by n; the kernel divides by n − 1, like torch.

    Example:
        >>> import keras
        >>> layer = BatchNormalization(momentum=0.9, epsilon=1e-5)
        >>> layer(keras.ops.ones((2, 4, 4, 8)), training=True).shape
        TensorShape([2, 4, 4, 8])
    """

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        """Normalizes `inputs`, by the batch's own statistics if it trains, else by the running ones."""
        if mask is not None or not self._can_fuse(inputs):
            return super().call(inputs, training=training, mask=mask)
        if training and self.trainable:
            outputs, mean, variance = self._fused(inputs, [], [], is_training=True)
            variance = variance * _biased(inputs)
            for moving, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
                moving.assign(moving * self.momentum + value * (1.0 - self.momentum))
        else:
            outputs, *_ = self._fused(inputs, self.moving_mean, self.moving_variance, is_training=False)
        return keras.ops.cast(outputs, self.compute_dtype)

    def _can_fuse(self, inputs: Any) -> bool:
        return (
            keras.backend.backend() == "tensorflow"
            and len(inputs.shape) == 4
            and self.axis in (-1, 3)
            and keras.backend.standardize_dtype(inputs.dtype) in _DTYPES
            and self.variable_dtype == "float32"
            and not self.renorm
            and not self.synchronized
            and not in_xla()
        )

    def _fused(self, inputs: Any, mean: Any, variance: Any, is_training: bool) -> tuple[Any, Any, Any]:
        """Returns the outputs, and the mean and the unbiased variance that they were made with."""
        import tensorflow as tf

        channels = inputs.shape[-1]
        result = tf.raw_ops.FusedBatchNormV3(
            x=inputs,
            scale=self.gamma if self.scale else tf.ones(channels),
            offset=self.beta if self.center else tf.zeros(channels),
            mean=mean,
            variance=variance,
            epsilon=self.epsilon,
            is_training=is_training,
        )
        return result.y, result.batch_mean, result.batch_variance


def _biased(inputs: Any) -> Any:
    """Returns (n − 1) / n for the n values of each channel, which undoes the kernel's n / (n − 1)."""
    import tensorflow as tf

    values = tf.cast(tf.size(inputs, tf.int64) // inputs.shape[-1], "float32")
    return (values - 1) / values
