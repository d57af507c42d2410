"""Grouped convolution that is fast on CPU."""

from functools import cache
from typing import Any

import keras
from keras import ops

from cvlabs.layers.xla import in_xla


@keras.saving.register_keras_serializable(package="cvlabs")
class GroupedConv2D(keras.layers.Conv2D):
    """Keras' `Conv2D` with `groups`, with the same arguments, weights and results, faster on CPU.

    On TensorFlow, Keras compiles every grouped convolution with XLA, whose gradient is hundreds of times
    slower on CPU than TensorFlow's own kernel. That kernel works on GPU, and on CPU where oneDNN is on and
    knows the dtype. Elsewhere on CPU (`TF_ENABLE_ONEDNN_OPTS=0`; mostly float16; whatever XLA compiles, which
    includes JAX) the groups are convolved one by one and concatenated.

    The kernel is one variable kernel_h×kernel_w×(inputs / groups)×filters.

    Example:
        >>> import keras
        >>> GroupedConv2D(64, 3, groups=32, padding="same")(keras.ops.ones((1, 8, 8, 64))).shape
        TensorShape([1, 8, 8, 64])
    """

    def convolution_op(self, inputs: Any, kernel: Any) -> Any:
        """Convolves each group of input channels with its group of filters."""
        if self.groups == 1 or self.data_format != "channels_last":
            return super().convolution_op(inputs, kernel)
        kernel = ops.convert_to_tensor(kernel)  # as the variable stands, in the dtype to compute in
        backend = keras.backend.backend()
        if backend == "tensorflow" and not in_xla() and self._fits_kernel(kernel.dtype):
            return self._native(inputs, kernel)
        if (backend == "tensorflow" and _only_cpu()) or (backend == "jax" and _is_traced_on_cpu(inputs)):
            return self._split(inputs, kernel)
        return super().convolution_op(inputs, kernel)

    def _fits_kernel(self, dtype: Any) -> bool:
        # On GPU, TensorFlow's optimizer of graphs merges convolution, bias and ReLU into an operation that
        # refuses groups.
        return _kernel_works(dtype) and (_only_cpu() or not self.use_bias)

    def _native(self, inputs: Any, kernel: Any) -> Any:
        import tensorflow as tf

        return tf.nn.conv2d(
            inputs, kernel, self.strides, self.padding.upper(), dilations=list(self.dilation_rate)
        )

    def _split(self, inputs: Any, kernel: Any) -> Any:
        groups = zip(ops.split(inputs, self.groups, -1), ops.split(kernel, self.groups, -1), strict=True)
        return ops.concatenate([super(GroupedConv2D, self).convolution_op(x, k) for x, k in groups], -1)


@cache
def _kernel_works(dtype: Any) -> bool:
    """Tries TensorFlow's kernels, forward and backward: it depends on processor, oneDNN and dtype."""
    import tensorflow as tf

    with tf.init_scope():  # now, even while a function is traced
        if not tf.executing_eagerly():
            return False
        x, kernel = tf.ones((1, 3, 3, 4), dtype), tf.ones((3, 3, 2, 4), dtype)
        try:
            y = tf.nn.conv2d(x, kernel, 1, "SAME")
            for gradient, inputs in (
                (tf.raw_ops.Conv2DBackpropInput, {"input_sizes": x.shape, "filter": kernel}),
                (tf.raw_ops.Conv2DBackpropFilter, {"input": x, "filter_sizes": kernel.shape}),
            ):
                gradient(**inputs, out_backprop=y, strides=[1] * 4, padding="SAME")
        except tf.errors.OpError:
            return False
    return True


def _only_cpu() -> bool:
    import tensorflow as tf

    return all(device.device_type == "CPU" for device in tf.config.list_physical_devices())


def _is_traced_on_cpu(inputs: Any) -> bool:
    import jax

    return isinstance(inputs, jax.core.Tracer) and jax.default_backend() == "cpu"
