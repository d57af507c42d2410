"""What the papers share: names of layers, and convolutions, poolings and normalization with either padding.

Frameworks pad strided convolutions in two ways. torch and Caffe pad both sides by `kernel_size // 2`; the
"same" of TensorFlow pads only as much as the output needs, the odd pixel at the bottom right. Shapes agree,
values do not. Builders receive the convolution that their published weights were trained with: `conv2d` pads
as torch does, `conv2d_same` as TensorFlow.
"""

from collections.abc import Callable
from typing import Any

from keras import layers

from cvlabs.layers import BatchNormalization, GroupedConv2D, LocalResponseNormalization

Tensor = Any  # a symbolic Keras tensor, channels last
Block = Callable[..., Tensor]


def part(name: str | None, suffix: str) -> str | None:
    """Returns the name of a layer in a block; without a block's name Keras chooses."""
    return None if name is None else f"{name}_{suffix}"


def conv2d(
    x: Tensor,
    filters: int,
    kernel_size: int | tuple[int, int],
    *,
    strides: int = 1,
    groups: int = 1,
    use_bias: bool = False,
    name: str | None = None,
) -> Tensor:
    """A convolution that pads every side by `kernel_size // 2`: torch's `padding=kernel_size // 2`."""
    return _conv2d(
        _padded(x, kernel_size, strides, name),
        filters,
        kernel_size,
        _padding(strides),
        strides,
        groups,
        use_bias,
        name,
    )


def conv2d_same(
    x: Tensor,
    filters: int,
    kernel_size: int | tuple[int, int],
    *,
    strides: int = 1,
    groups: int = 1,
    use_bias: bool = False,
    name: str | None = None,
) -> Tensor:
    """A convolution with TensorFlow's "same" padding."""
    return _conv2d(x, filters, kernel_size, "same", strides, groups, use_bias, name)


def conv2d_valid(
    x: Tensor,
    filters: int,
    kernel_size: int | tuple[int, int],
    *,
    strides: int = 1,
    groups: int = 1,
    use_bias: bool = False,
    name: str | None = None,
) -> Tensor:
    """A convolution without padding."""
    return _conv2d(x, filters, kernel_size, "valid", strides, groups, use_bias, name)


def depthwise_conv2d(
    x: Tensor, kernel_size: int, *, strides: int = 1, use_bias: bool = False, name: str | None = None
) -> Tensor:
    """A depthwise convolution that pads as torch does."""
    x = _padded(x, kernel_size, strides, name)
    return layers.DepthwiseConv2D(
        kernel_size, strides, padding=_padding(strides), use_bias=use_bias, name=name
    )(x)


def depthwise_conv2d_same(
    x: Tensor, kernel_size: int, *, strides: int = 1, use_bias: bool = False, name: str | None = None
) -> Tensor:
    """A depthwise convolution with TensorFlow's "same" padding."""
    return layers.DepthwiseConv2D(kernel_size, strides, padding="same", use_bias=use_bias, name=name)(x)


def max_pool(x: Tensor, pool_size: int = 3, strides: int = 2, *, name: str | None = None) -> Tensor:
    """Max pooling that pads as torch does: by `pool_size // 2`, with zeros, so only after a ReLU."""
    x = layers.ZeroPadding2D(pool_size // 2, name=part(name, "pad"))(x)
    return layers.MaxPooling2D(pool_size, strides, name=name)(x)


def max_pool_same(x: Tensor, pool_size: int = 3, strides: int = 2, *, name: str | None = None) -> Tensor:
    """Max pooling with TensorFlow's "same" padding."""
    return layers.MaxPooling2D(pool_size, strides, padding="same", name=name)(x)


def max_pool_ceil(x: Tensor, pool_size: int = 3, strides: int = 2, *, name: str | None = None) -> Tensor:
    """Max pooling with torch's `ceil_mode=True`: the last window may reach over the bottom right edge.

    What lies over the edge is zero, which a maximum after ReLU never sees.
    """
    over = [-(size - pool_size) % strides for size in x.shape[1:3]]
    if any(over):
        x = layers.ZeroPadding2D(tuple((0, n) for n in over), name=part(name, "pad"))(x)
    return layers.MaxPooling2D(pool_size, strides, name=name)(x)


def average_pool(x: Tensor, pool_size: int = 3, strides: int = 1, *, name: str | None = None) -> Tensor:
    """Average pooling that pads as torch does: by `pool_size // 2`, with zeros that count."""
    x = layers.ZeroPadding2D(pool_size // 2, name=part(name, "pad"))(x)
    return layers.AveragePooling2D(pool_size, strides, name=name)(x)


def average_pool_same(x: Tensor, pool_size: int = 3, strides: int = 1, *, name: str | None = None) -> Tensor:
    """Average pooling with "same" padding, which does not count."""
    return layers.AveragePooling2D(pool_size, strides, padding="same", name=name)(x)


def batch_norm(x: Tensor, *, epsilon: float = 1e-5, momentum: float = 0.9, name: str | None = None) -> Tensor:
    """BatchNormalization over channels; the constants are torch's, whose momentum is 1 minus Keras'."""
    return BatchNormalization(momentum=momentum, epsilon=epsilon, name=name)(x)


def local_response_norm(x: Tensor, *, alpha: float = 1e-4, name: str | None = None) -> Tensor:
    """AlexNet's normalization across channels, with its constants."""
    return LocalResponseNormalization(alpha=alpha, name=name)(x)


def relu(x: Tensor, *, name: str | None = None) -> Tensor:
    """ReLU as a layer of its own, so that its name and its output are there to refer to."""
    return layers.ReLU(name=name)(x)


def relu6(x: Tensor, *, name: str | None = None) -> Tensor:
    """ReLU that stops at 6."""
    return layers.ReLU(6.0, name=name)(x)


def silu(x: Tensor, *, name: str | None = None) -> Tensor:
    """SiLU, also called swish: x times its sigmoid."""
    return layers.Activation("silu", name=name)(x)


def hard_silu(x: Tensor, *, name: str | None = None) -> Tensor:
    """Hard swish: SiLU with `relu6(x + 3) / 6` in place of the sigmoid."""
    return layers.Activation("hard_silu", name=name)(x)


def make_divisible(width: float, divisor: int = 8) -> int:
    """Returns the multiple of `divisor` nearest to a width, at most a tenth below it."""
    nearest = max(divisor, int(width + divisor / 2) // divisor * divisor)
    return nearest + divisor if nearest < 0.9 * width else nearest


def gap_head(x: Tensor, classes: int, *, dropout_rate: float = 0.0, name: str = "head") -> Tensor:
    """Global average pooling, dropout if there is any, one dense layer: logits N×classes."""
    x = layers.GlobalAveragePooling2D(name=f"{name}_pool")(x)
    if dropout_rate:
        x = layers.Dropout(dropout_rate, name=f"{name}_dropout")(x)
    return layers.Dense(classes, name=f"{name}_logits")(x)


def squeeze_excite(
    x: Tensor,
    filters: int,
    *,
    activation: str = "relu",
    gate: str = "sigmoid",
    name: str,
) -> Tensor:
    """Squeeze-and-excitation: a gate per channel, from a bottleneck over the pooled features.

    Reference: Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018, figure 2.

    Args:
        x: Features N×H×W×C.
        filters: Width of the bottleneck.
        activation: Activation of the bottleneck.
        gate: Activation of the gates: `"sigmoid"`, or `"hard_sigmoid"` as MobileNetV3 has it.
        name: Prefix of the layer names, which all contain `_se_`.
    """
    gates = layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_se_pool")(x)  # 1×1×C
    gates = layers.Conv2D(filters, 1, activation=activation, name=f"{name}_se_reduce")(gates)
    gates = layers.Conv2D(x.shape[-1], 1, activation=gate, name=f"{name}_se_expand")(gates)
    return layers.Multiply(name=f"{name}_se_scale")([x, gates])


def _conv2d(
    x: Tensor,
    filters: int,
    kernel_size: int | tuple[int, int],
    padding: str,
    strides: int,
    groups: int,
    use_bias: bool,
    name: str | None,
) -> Tensor:
    options = {"strides": strides, "padding": padding, "use_bias": use_bias, "name": name}
    if groups == 1:
        return layers.Conv2D(filters, kernel_size, **options)(x)
    return GroupedConv2D(filters, kernel_size, groups=groups, **options)(x)


def _padding(strides: int) -> str:
    return "same" if strides == 1 else "valid"


def _padded(x: Tensor, kernel_size: int | tuple[int, int], strides: int, name: str | None) -> Tensor:
    """Pads for a strided convolution; without stride "same" pads both sides alike, for odd kernels."""
    sizes = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    amounts = tuple(size // 2 for size in sizes)
    if strides == 1 or not any(amounts):
        return x
    return layers.ZeroPadding2D(amounts, name=part(name, "pad"))(x)
