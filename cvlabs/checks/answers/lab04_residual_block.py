"""Lab 4, the residual block: the right answer and the misconceptions."""

from typing import Any

from keras import layers, ops

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab04_conv_bn_relu import conv_bn_relu, conv_norm
from cvlabs.checks.answers.lab04_plain_block import plain_block
from cvlabs.models.resnet import basic_block

Tensor = Any  # a symbolic Keras tensor


def residual_block(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Two 3×3 convolutions around which the input is added, projected where it has to be."""
    return basic_block(x, filters, strides, name="block")


def shortcut(x: Tensor, y: Tensor, strides: int) -> Tensor:
    """The input as it is added to `y`."""
    return x if x.shape == y.shape else conv_norm(x, y.shape[-1], 1, strides)


def _residual(x: Tensor, filters: int, strides: int) -> Tensor:
    """The two convolutions, up to the addition."""
    return conv_norm(conv_bn_relu(x, filters, 3, strides), filters, 3)


def _sum(*parts: Tensor) -> Tensor:
    return layers.Add()(parts)


def residual_without_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Nothing is added in your block: this is the plain one."""
    return plain_block(x, filters, strides)


def residual_without_last_relu(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The ReLU after the addition is missing."""
    y = _residual(x, filters, strides)
    return _sum(shortcut(x, y, strides), y)


def residual_with_relu_before_the_addition(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your last ReLU comes before the addition, so the block can only add and never subtract. It belongs
    after the addition.
    """
    y = layers.ReLU()(_residual(x, filters, strides))
    return _sum(shortcut(x, y, strides), y)


def residual_with_two_relus_at_the_end(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """There is a ReLU before the addition as well as after it. The second convolution has none of its own,
    or the block could never subtract.
    """
    y = layers.ReLU()(_residual(x, filters, strides))
    return layers.ReLU()(_sum(shortcut(x, y, strides), y))


def residual_without_inner_relu(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """There is no ReLU between your convolutions. Two linear layers are as good as one."""
    y = conv_norm(conv_norm(x, filters, 3, strides), filters, 3)
    return layers.ReLU()(_sum(shortcut(x, y, strides), y))


def residual_with_a_bare_projection(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The convolution in your shortcut has no batch normalization. Every convolution of ResNet has one."""
    y = _residual(x, filters, strides)
    if x.shape != y.shape:
        x = layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x)
    return layers.ReLU()(_sum(x, y))


def residual_with_a_biased_projection(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The convolution in your shortcut has biases and no batch normalization. Like the other convolutions, it
    has a normalization and no biases.
    """
    y = _residual(x, filters, strides)
    if x.shape != y.shape:
        x = layers.Conv2D(filters, 1, strides=strides)(x)
    return layers.ReLU()(_sum(x, y))


def residual_with_a_relu_in_the_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your projection ends in a ReLU. The shortcut is linear: it should change as little as possible."""
    y = _residual(x, filters, strides)
    x = x if x.shape == y.shape else conv_bn_relu(x, filters, 1, strides)
    return layers.ReLU()(_sum(x, y))


def residual_with_a_relu_on_the_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You apply a ReLU to what the shortcut brings, even where the input is added as it is. The shortcut is
    linear: it should change as little as possible.
    """
    y = _residual(x, filters, strides)
    return layers.ReLU()(_sum(layers.ReLU()(shortcut(x, y, strides)), y))


def _sum_of_conv_bn_relus(x: Tensor, filters: int, strides: int) -> Tensor:
    y = plain_block(x, filters, strides)
    return _sum(x if x.shape == y.shape else conv_bn_relu(x, filters, 1, strides), y)


def residual_of_conv_bn_relus(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You used conv_bn_relu for every convolution. The last one on the main path and the one in the shortcut
    have no ReLU of their own: after them, the only ReLU comes after the addition.
    """
    return layers.ReLU()(_sum_of_conv_bn_relus(x, filters, strides))


def residual_of_conv_bn_relus_alone(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You used conv_bn_relu for every convolution, and nothing follows the addition. The last convolution on
    the main path and the one in the shortcut have no ReLU of their own: after them, the only ReLU comes after
    the addition.
    """
    return _sum_of_conv_bn_relus(x, filters, strides)


def residual_that_adds_the_path_to_itself(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You add the output of the second convolution to itself, not to the block's input. Did you overwrite
    `x`? The addition needs the input once more.
    """
    y = _residual(x, filters, strides)
    return layers.ReLU()(_sum(y, y))


def residual_of_one_convolution(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Only one convolution lies on the main path of your block. Does each step read what the step before
    produced?
    """
    y = conv_norm(x, filters, 3, strides)
    return layers.ReLU()(_sum(shortcut(x, y, strides), y))


def residual_that_always_projects(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You project where the input already fits. There it is added as it is, and that is the point of the
    block.
    """
    y = _residual(x, filters, strides)
    return layers.ReLU()(_sum(conv_norm(x, filters, 1, strides), y))


def residual_with_a_3x3_projection(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The convolution in your shortcut is 3×3. To change channels 1×1 is enough."""
    y = _residual(x, filters, strides)
    return layers.ReLU()(_sum(x if x.shape == y.shape else conv_norm(x, filters, 3, strides), y))


def residual_with_a_padded_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You fill missing channels with zeros. The paper has that too, as option A; this exercise asks for the
    1×1 convolution.
    """
    y = _residual(x, filters, strides)
    missing = max(0, filters - x.shape[-1])
    x = ops.pad(x[:, ::strides, ::strides], [*[(0, 0)] * 3, (0, missing)])[..., :filters]
    return layers.ReLU()(_sum(x, y))


def residual_with_a_pooled_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your shortcut averages before it projects. Here the 1×1 convolution has the stride."""
    y = _residual(x, filters, strides)
    if x.shape != y.shape:
        x = layers.AveragePooling2D(strides, padding="same")(x) if strides > 1 else x
        x = conv_norm(x, filters, 1)
    return layers.ReLU()(_sum(x, y))


def residual_with_a_late_stride(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your second convolution has the stride. The first one has it, so that both work on a small map."""
    y = conv_norm(conv_bn_relu(x, filters, 3), filters, 3, strides)
    return layers.ReLU()(_sum(shortcut(x, y, strides), y))


def residual_with_biases(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your convolutions have biases. The normalization after each of them removes the bias again."""
    y = layers.ReLU()(conv_norm(x, filters, 3, strides, use_bias=True))
    y = conv_norm(y, filters, 3, use_bias=True)
    x = x if x.shape == y.shape else conv_norm(x, filters, 1, strides, use_bias=True)
    return layers.ReLU()(_sum(x, y))


def residual_before_activation(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Normalization and ReLU come before your convolutions. That is ResNet v2, of the year after."""
    y = x
    for step in (strides, 1):
        y = layers.ReLU()(layers.BatchNormalization()(y))
        y = layers.Conv2D(filters, 3, strides=step, padding="same", use_bias=False)(y)
    return _sum(shortcut(x, y, strides), y)


def residual_that_normalizes_the_sum(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your second normalization comes after the addition, so it changes what the shortcut brings."""
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    return layers.ReLU()(layers.BatchNormalization()(_sum(shortcut(x, y, strides), y)))


def residual_around_the_second(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your shortcut starts after the first convolution. It leads around both: what is added is the block's
    input.
    """
    y = conv_bn_relu(x, filters, 3, strides)
    return layers.ReLU()(_sum(y, conv_norm(y, filters, 3)))


def residual_that_concatenates(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You put input and output side by side. Residual blocks add; DenseNet concatenates."""
    y = _residual(x, filters, strides)
    return layers.ReLU()(layers.Concatenate()([shortcut(x, y, strides), y]))


def residual_that_averages(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You take the mean of input and output, which halves the identity in every block. Add them."""
    y = _residual(x, filters, strides)
    return layers.ReLU()(layers.Average()([shortcut(x, y, strides), y]))


def residual_that_subtracts(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You subtract the input. The block learns what to add to it."""
    y = _residual(x, filters, strides)
    return ops.relu(y - shortcut(x, y, strides))


ANSWER = Answer(
    residual_block,
    (
        residual_without_shortcut,
        residual_without_last_relu,
        residual_with_relu_before_the_addition,
        residual_with_two_relus_at_the_end,
        residual_without_inner_relu,
        residual_with_a_bare_projection,
        residual_with_a_biased_projection,
        residual_of_conv_bn_relus,
        residual_of_conv_bn_relus_alone,
        residual_with_a_relu_in_the_shortcut,
        residual_with_a_relu_on_the_shortcut,
        residual_that_adds_the_path_to_itself,
        residual_of_one_convolution,
        residual_that_always_projects,
        residual_with_a_3x3_projection,
        residual_with_a_padded_shortcut,
        residual_with_a_pooled_shortcut,
        residual_with_a_late_stride,
        residual_with_biases,
        residual_before_activation,
        residual_that_normalizes_the_sum,
        residual_around_the_second,
        residual_that_concatenates,
        residual_that_averages,
        residual_that_subtracts,
    ),
)
