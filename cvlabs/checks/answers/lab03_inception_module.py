"""Lab 3, the Inception module: the right answer and the misconceptions."""

from collections.abc import Callable
from typing import TypeAlias

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.models.googlenet import inception_module as reference

Tensor: TypeAlias = keras.KerasTensor
Wrong = Callable[[Tensor, dict[str, int]], Tensor]

CONV, POOL = layers.Conv2D, layers.MaxPooling2D


def _conv(x: Tensor, filters: int, kernel_size: int, **options: object) -> Tensor:
    settings: dict[str, object] = {"padding": "same", "activation": "relu"}
    return CONV(filters, kernel_size, **(settings | options))(x)


def _pool(x: Tensor, kind: type[keras.Layer] = POOL) -> Tensor:
    return kind(3, strides=1, padding="same")(x)


def _branches(x: Tensor, w: dict[str, int], **options: object) -> list[Tensor]:
    """The four branches in the right order; `options` are those of every convolution."""
    return [
        _conv(x, w["f1"], 1, **options),
        _conv(_conv(x, w["f3_reduce"], 1, **options), w["f3"], 3, **options),
        _conv(_conv(x, w["f5_reduce"], 1, **options), w["f5"], 5, **options),
        _conv(_pool(x), w["pool_proj"], 1, **options),
    ]


def _join(*branches: Tensor) -> Tensor:
    return layers.Concatenate()(list(branches))


def inception_module(
    x: Tensor, f1: int, f3_reduce: int, f3: int, f5_reduce: int, f5: int, pool_proj: int
) -> Tensor:
    """The Inception module of GoogLeNet."""
    return reference(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj)


def _taking_widths(wrong: Wrong) -> Callable[..., Tensor]:
    """Returns `wrong` with the signature of the exercise, for keeping the misconceptions readable."""

    def call(x: Tensor, f1: int, f3_reduce: int, f3: int, f5_reduce: int, f5: int, pool_proj: int) -> Tensor:
        widths = {"f1": f1, "f3_reduce": f3_reduce, "f3": f3}
        return wrong(x, widths | {"f5_reduce": f5_reduce, "f5": f5, "pool_proj": pool_proj})

    call.__name__, call.__doc__ = wrong.__name__, wrong.__doc__
    return call


def module_without_relu(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your convolutions are linear. What comes after each convolution, so that stacking them is useful?"""
    return _join(*_branches(x, w, activation=None))


def module_with_linear_reductions(x: Tensor, w: dict[str, int]) -> Tensor:
    """The ReLU after the two reductions is missing. They are convolutions like the others."""
    first, _, _, last = _branches(x, w)
    three = _conv(_conv(x, w["f3_reduce"], 1, activation=None), w["f3"], 3)
    five = _conv(_conv(x, w["f5_reduce"], 1, activation=None), w["f5"], 5)
    return _join(first, three, five, last)


def module_with_a_linear_projection(x: Tensor, w: dict[str, int]) -> Tensor:
    """The ReLU after the projection of the pool branch is missing. It is a convolution like the others."""
    return _join(*_branches(x, w)[:3], _conv(_pool(x), w["pool_proj"], 1, activation=None))


def module_with_linear_outputs(x: Tensor, w: dict[str, int]) -> Tensor:
    """The ReLU at the end of each branch is missing; only the reductions have theirs."""
    return _join(
        _conv(x, w["f1"], 1, activation=None),
        _conv(_conv(x, w["f3_reduce"], 1), w["f3"], 3, activation=None),
        _conv(_conv(x, w["f5_reduce"], 1), w["f5"], 5, activation=None),
        _conv(_pool(x), w["pool_proj"], 1, activation=None),
    )


def module_with_one_linear_1x1(x: Tensor, w: dict[str, int]) -> Tensor:
    """The ReLU after the convolution of the first branch is missing."""
    return _join(_conv(x, w["f1"], 1, activation=None), *_branches(x, w)[1:])


def module_that_projects_first(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your pool branch has its two layers in the other order. Which of them reads the module's input?"""
    return _join(*_branches(x, w)[:3], _pool(_conv(x, w["pool_proj"], 1)))


def module_that_averages(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your pool branch averages. It should keep the largest value of each window."""
    return _join(*_branches(x, w)[:3], _conv(_pool(x, layers.AveragePooling2D), w["pool_proj"], 1))


def module_with_another_pool_window(x: Tensor, w: dict[str, int]) -> Tensor:
    """The window of your pooling has the wrong size. It reaches one step to every side."""
    pooled = POOL(2, strides=1, padding="same")(x)
    return _join(*_branches(x, w)[:3], _conv(pooled, w["pool_proj"], 1))


def module_with_default_strides(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your pooling moves by 3: without `strides`, Keras takes the window's size. It should move by 1."""
    return _join(*_branches(x, w)[:3], _conv(POOL(3, padding="same")(x), w["pool_proj"], 1))


def module_without_pooling(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your fourth branch has no pooling: it is a second 1×1 branch."""
    return _join(*_branches(x, w)[:3], _conv(x, w["pool_proj"], 1))


def module_joined_pool_first(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your branches are right and joined in another order: the pool branch comes last."""
    *others, last = _branches(x, w)
    return _join(last, *others)


def module_joined_backwards(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your branches are right and joined in the opposite order: the 1×1 branch comes first."""
    return _join(*reversed(_branches(x, w)))


def module_joined_five_first(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your branches are right, but the 3×3 and the 5×5 have changed places where they are joined."""
    one, three, five, last = _branches(x, w)
    return _join(one, five, three, last)


def module_with_extra_relu_before(x: Tensor, w: dict[str, int]) -> Tensor:
    """You apply a ReLU to the module's input. Each ReLU follows a convolution of the module itself."""
    return _join(*_branches(layers.ReLU()(x), w))


def module_without_reductions(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your large kernels read the module's input directly. What makes it narrower before them?"""
    one, _, _, last = _branches(x, w)
    return _join(one, _conv(x, w["f3"], 3), _conv(x, w["f5"], 5), last)


def module_with_one_reduction(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your 5×5 convolution reads what the reduction of the 3×3 leaves. Each of the two has its own."""
    one, _, _, last = _branches(x, w)
    reduced = _conv(x, w["f3_reduce"], 1)
    return _join(one, _conv(reduced, w["f3"], 3), _conv(reduced, w["f5"], 5), last)


def module_with_swapped_reductions(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your reductions have changed places: f3_reduce comes before the 3×3, f5_reduce before the 5×5."""
    return _join(*_branches(x, w | {"f3_reduce": w["f5_reduce"], "f5_reduce": w["f3_reduce"]}))


def module_with_a_3x3_for_the_5x5(x: Tensor, w: dict[str, int]) -> Tensor:
    """The kernel of your third branch is too small. Some libraries have it so; the paper has another."""
    one, three, _, last = _branches(x, w)
    return _join(one, three, _conv(_conv(x, w["f5_reduce"], 1), w["f5"], 3), last)


def module_of_large_reductions(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your reductions have large kernels themselves. Mixing channels at one position needs no neighbours."""
    one, _, _, last = _branches(x, w)
    three = _conv(_conv(x, w["f3_reduce"], 3), w["f3"], 3)
    return _join(one, three, _conv(_conv(x, w["f5_reduce"], 5), w["f5"], 5), last)


def module_of_swapped_kernels(x: Tensor, w: dict[str, int]) -> Tensor:
    """In your second and third branch the large kernel comes first. It should read the narrower tensor."""
    one, _, _, last = _branches(x, w)
    three = _conv(_conv(x, w["f3_reduce"], 3), w["f3"], 1)
    return _join(one, three, _conv(_conv(x, w["f5_reduce"], 5), w["f5"], 1), last)


def module_of_chained_branches(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your branches read each other's outputs. All four read the module's input."""
    one = _conv(x, w["f1"], 1)
    three = _conv(_conv(one, w["f3_reduce"], 1), w["f3"], 3)
    five = _conv(_conv(three, w["f5_reduce"], 1), w["f5"], 5)
    return _join(one, three, five, _conv(_pool(five), w["pool_proj"], 1))


def module_without_biases(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your convolutions have no biases. Nothing after them would add one, so they need their own."""
    return _join(*_branches(x, w, use_bias=False))


def module_without_projection(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your pool branch passes all its channels on. What limits them to pool_proj?"""
    return _join(*_branches(x, w)[:3], _pool(x))


def module_without_pool_branch(x: Tensor, w: dict[str, int]) -> Tensor:
    """One branch is missing: the one with the pooling."""
    return _join(*_branches(x, w)[:3])


def module_with_swapped_widths(x: Tensor, w: dict[str, int]) -> Tensor:
    """Your reductions have the widths of the convolutions after them. Which of the two is the narrow one?"""
    swapped = {"f3": w["f3_reduce"], "f3_reduce": w["f3"], "f5": w["f5_reduce"], "f5_reduce": w["f5"]}
    return _join(*_branches(x, w | swapped))


ANSWER = Answer(
    inception_module,
    tuple(
        _taking_widths(wrong)
        for wrong in (
            module_without_relu,
            module_with_linear_reductions,
            module_with_a_linear_projection,
            module_with_linear_outputs,
            module_with_one_linear_1x1,
            module_that_projects_first,
            module_that_averages,
            module_with_another_pool_window,
            module_with_default_strides,
            module_without_pooling,
            module_joined_pool_first,
            module_joined_backwards,
            module_joined_five_first,
            module_with_extra_relu_before,
            module_without_reductions,
            module_with_one_reduction,
            module_with_swapped_reductions,
            module_with_a_3x3_for_the_5x5,
            module_of_large_reductions,
            module_of_swapped_kernels,
            module_of_chained_branches,
            module_without_biases,
            module_without_projection,
            module_without_pool_branch,
            module_with_swapped_widths,
        )
    ),
)
