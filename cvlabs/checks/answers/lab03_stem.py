"""Lab 3, the stem: the right answer and the misconceptions."""

from collections.abc import Callable, Sequence

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.layers import LocalResponseNormalization
from cvlabs.models.googlenet import stem as reference

Step = Callable[[keras.KerasTensor], keras.KerasTensor]


def _conv(filters: int, kernel_size: int, strides: int = 1, **options: object) -> Step:
    settings: dict[str, object] = {"padding": "same", "activation": "relu"}
    return layers.Conv2D(filters, kernel_size, strides=strides, **(settings | options))


def _pool(
    kind: type[keras.Layer] = layers.MaxPooling2D,
    size: int = 3,
    padding: str = "same",
    strides: int | None = 2,
) -> Step:
    return kind(size, strides=strides, padding=padding)


def _lrn(alpha: float = 1e-4) -> Step:
    return LocalResponseNormalization(alpha=alpha)


def _chain(x: keras.KerasTensor, steps: Sequence[Step]) -> keras.KerasTensor:
    for step in steps:
        x = step(x)
    return x


def _right() -> list[Step]:
    """The stem's seven layers; a misconception is a change in this list."""
    return [_conv(64, 7, 2), _pool(), _lrn(), _conv(64, 1), _conv(192, 3), _lrn(), _pool()]


def _changed(x: keras.KerasTensor, changes: dict[int, Step]) -> keras.KerasTensor:
    return _chain(x, [changes.get(i, step) for i, step in enumerate(_right())])


def _without(x: keras.KerasTensor, *places: int) -> keras.KerasTensor:
    return _chain(x, [step for i, step in enumerate(_right()) if i not in places])


def _ordered(x: keras.KerasTensor, *places: int) -> keras.KerasTensor:
    steps = _right()
    return _chain(x, [steps[i] for i in places])


def stem(x: keras.KerasTensor) -> keras.KerasTensor:
    """The stem of GoogLeNet."""
    return reference(x)


def stem_without_relu(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your convolutions are linear. What comes after each convolution, so that stacking them is useful?"""
    return _changed(
        x,
        {
            0: _conv(64, 7, 2, activation=None),
            3: _conv(64, 1, activation=None),
            4: _conv(192, 3, activation=None),
        },
    )


def stem_with_a_linear_reduction(x: keras.KerasTensor) -> keras.KerasTensor:
    """One ReLU is missing: the 1×1 convolution is a convolution like the others."""
    return _changed(x, {3: _conv(64, 1, activation=None)})


def stem_with_a_linear_first_convolution(x: keras.KerasTensor) -> keras.KerasTensor:
    """One ReLU is missing: look at what the first pooling reads."""
    return _changed(x, {0: _conv(64, 7, 2, activation=None)})


def stem_with_a_linear_last_convolution(x: keras.KerasTensor) -> keras.KerasTensor:
    """One ReLU is missing: look at what the second normalisation reads."""
    return _changed(x, {4: _conv(192, 3, activation=None)})


def stem_without_lrn(x: keras.KerasTensor) -> keras.KerasTensor:
    """The local response normalisation is missing. The stem has it in two places."""
    return _without(x, 2, 5)


def stem_without_first_lrn(x: keras.KerasTensor) -> keras.KerasTensor:
    """One local response normalisation is missing: the first one, before the 1×1 convolution."""
    return _without(x, 2)


def stem_without_second_lrn(x: keras.KerasTensor) -> keras.KerasTensor:
    """One local response normalisation is missing: the second one, after the 3×3 convolution."""
    return _without(x, 5)


def stem_with_lrn_before_pool(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your first normalisation and the first pooling have changed places. Which of them comes first?"""
    return _ordered(x, 0, 2, 1, 3, 4, 5, 6)


def stem_with_lrn_last(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your second normalisation and the last pooling have changed places. Which of them comes first?"""
    return _ordered(x, 0, 1, 2, 3, 4, 6, 5)


def stem_with_lrn_before_relu(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your normalizations come before the ReLU. They should read what the ReLU leaves."""
    first, last = _conv(64, 7, 2, activation=None), _conv(192, 3, activation=None)
    relu = layers.ReLU()
    return _chain(x, [first, _pool(), _lrn(), relu, _conv(64, 1), last, _lrn(), relu, _pool()])


def stem_with_the_last_lrn_before_relu(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your second normalization comes before the ReLU. It should read what the ReLU leaves."""
    return _changed(x, {4: _conv(192, 3, activation=None), 5: lambda x: layers.ReLU()(_lrn()(x))})


def stem_with_averaged_alpha(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your alpha is divided by the window of five channels. Here it multiplies the plain sum of squares."""
    return _changed(x, {2: _lrn(1e-4 / 5), 5: _lrn(1e-4 / 5)})


def stem_with_average_pooling(x: keras.KerasTensor) -> keras.KerasTensor:
    """You average where the stem keeps the largest value. Which kind of pooling does it use?"""
    return _changed(x, {1: _pool(layers.AveragePooling2D), 6: _pool(layers.AveragePooling2D)})


def stem_with_2x2_pooling(x: keras.KerasTensor) -> keras.KerasTensor:
    """The windows of your poolings are too small. In the stem they overlap: size and stride differ."""
    return _changed(x, {1: _pool(size=2), 6: _pool(size=2)})


def stem_with_default_strides(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your poolings move by 3: without `strides`, Keras takes the window's size. They should move by 2."""
    return _changed(x, {1: _pool(strides=None), 6: _pool(strides=None)})


def stem_with_batch_normalization(x: keras.KerasTensor) -> keras.KerasTensor:
    """You normalise with learned scales, over the batch. This network is older: what did AlexNet use?"""
    return _changed(x, {2: layers.BatchNormalization(), 5: layers.BatchNormalization()})


def stem_without_reduction(x: keras.KerasTensor) -> keras.KerasTensor:
    """One convolution is missing: a 1×1 comes before the 3×3."""
    return _without(x, 3)


def stem_with_a_wide_reduction(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your 1×1 convolution is as wide as the 3×3 after it. It should be the narrower one."""
    return _changed(x, {3: _conv(192, 1)})


def stem_with_3x3_and_1x1_swapped(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your 3×3 convolution comes before the 1×1. Which order lets the larger kernel read fewer channels?"""
    return _changed(x, {3: _conv(64, 3), 4: _conv(192, 1)})


def stem_with_a_5x5_kernel(x: keras.KerasTensor) -> keras.KerasTensor:
    """The kernel of your first convolution is too small for its task: how far does it see in the paper?"""
    return _changed(x, {0: _conv(64, 5, 2)})


def stem_without_biases(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your convolutions have no biases. Nothing after them would add one, so they need their own."""
    plain = {"use_bias": False}
    return _changed(x, {0: _conv(64, 7, 2, **plain), 3: _conv(64, 1, **plain), 4: _conv(192, 3, **plain)})


def stem_with_a_late_stride(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your first convolution keeps the resolution and a later one halves it. The stem shrinks at once."""
    return _changed(x, {0: _conv(64, 7), 4: _conv(192, 3, 2)})


def stem_without_first_stride(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your first convolution has stride 1. How does the stem get from 224 to 112?"""
    return _changed(x, {0: _conv(64, 7)})


def stem_without_first_pool(x: keras.KerasTensor) -> keras.KerasTensor:
    """One pooling is missing, between the first convolution and the first normalisation."""
    return _without(x, 1)


def stem_without_last_pool(x: keras.KerasTensor) -> keras.KerasTensor:
    """One pooling is missing, at the end of the stem."""
    return _without(x, 6)


def stem_with_valid_padding(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your layers lose the border of the image. Only the strides should make the map smaller."""
    pool = {1: _pool(padding="valid"), 6: _pool(padding="valid")}
    return _changed(x, {0: _conv(64, 7, 2, padding="valid"), 4: _conv(192, 3, padding="valid")} | pool)


def stem_with_a_valid_3x3(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your 3×3 convolution makes the map smaller at the border. Only the strides should do that."""
    return _changed(x, {4: _conv(192, 3, padding="valid")})


def stem_with_valid_pooling(x: keras.KerasTensor) -> keras.KerasTensor:
    """Your poolings lose the border of the map. Only the strides should make it smaller."""
    return _changed(x, {1: _pool(padding="valid"), 6: _pool(padding="valid")})


ANSWER = Answer(
    stem,
    (
        stem_without_relu,
        stem_with_a_linear_reduction,
        stem_with_a_linear_first_convolution,
        stem_with_a_linear_last_convolution,
        stem_without_lrn,
        stem_without_first_lrn,
        stem_without_second_lrn,
        stem_with_lrn_before_pool,
        stem_with_lrn_last,
        stem_with_lrn_before_relu,
        stem_with_the_last_lrn_before_relu,
        stem_with_averaged_alpha,
        stem_with_average_pooling,
        stem_with_2x2_pooling,
        stem_with_default_strides,
        stem_with_batch_normalization,
        stem_without_reduction,
        stem_with_a_wide_reduction,
        stem_with_3x3_and_1x1_swapped,
        stem_with_a_5x5_kernel,
        stem_without_biases,
        stem_with_a_late_stride,
        stem_without_first_stride,
        stem_without_first_pool,
        stem_without_last_pool,
        stem_with_valid_padding,
        stem_with_a_valid_3x3,
        stem_with_valid_pooling,
    ),
)
