"""Lab 3, the assembled network: the right answer and the misconceptions."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.models.googlenet import INCEPTION_MODULES, auxiliary_head, inception_module, main_head, stem
from cvlabs.models.googlenet import googlenet as published_googlenet

Tensor: TypeAlias = keras.KerasTensor
Shape = tuple[int, int, int]
Widths = tuple[int, ...]
Head = Callable[[Tensor, int], Tensor]


def _network(
    input_shape: Shape,
    classes: int,
    *,
    modules: Mapping[str, Widths] | None = None,
    pools: Sequence[str] = ("3b", "4e"),
    pool_kind: type[keras.Layer] = layers.MaxPooling2D,
    heads: Sequence[str] = ("4a", "4d"),
    heads_first: bool = False,
    main: Head = main_head,
    auxiliary: Head = auxiliary_head,
) -> tuple[Tensor, list[Tensor]]:
    """The network with something changed: its input, and its outputs, those of the auxiliary heads last.

    `pools` and `heads` name the modules that they follow; with `heads_first`, heads read the module's input.
    """
    inputs = keras.Input(input_shape)
    x, halfway = stem(inputs), []
    for name, widths in (modules or INCEPTION_MODULES).items():
        before, x = x, inception_module(x, *widths)
        if name in heads:
            halfway.append(auxiliary(before if heads_first else x, classes))
        if name in pools:
            x = pool_kind(3, strides=2, padding="same")(x)
    return inputs, [main(x, classes), *halfway]


def _model(inputs: Tensor, outputs: Sequence[Tensor]) -> keras.Model:
    return keras.Model(inputs, list(outputs))


def googlenet(input_shape: Shape, classes: int) -> keras.Model:
    """GoogLeNet with both auxiliary heads."""
    return published_googlenet(input_shape, classes, auxiliary_heads=True)


def googlenet_without_heads(input_shape: Shape, classes: int) -> keras.Model:
    """Your model has the main output only. After which modules do the auxiliary classifiers branch off?"""
    return _model(*_network(input_shape, classes, heads=()))


def googlenet_with_the_first_head_only(input_shape: Shape, classes: int) -> keras.Model:
    """Your model has two outputs. One auxiliary classifier is missing, the later one."""
    return _model(*_network(input_shape, classes, heads=("4a",)))


def googlenet_with_the_second_head_only(input_shape: Shape, classes: int) -> keras.Model:
    """Your model has two outputs. One auxiliary classifier is missing, the earlier one."""
    return _model(*_network(input_shape, classes, heads=("4d",)))


def googlenet_main_last(input_shape: Shape, classes: int) -> keras.Model:
    """Your outputs are right and come in another order: the main output comes first."""
    inputs, (main, first, second) = _network(input_shape, classes)
    return _model(inputs, [first, second, main])


def googlenet_heads_swapped(input_shape: Shape, classes: int) -> keras.Model:
    """Your auxiliary outputs have changed places: the earlier one comes before the later one."""
    inputs, (main, first, second) = _network(input_shape, classes)
    return _model(inputs, [main, second, first])


def googlenet_with_heads_one_late(input_shape: Shape, classes: int) -> keras.Model:
    """Both auxiliary heads come one module too late. After which modules do they branch off?"""
    return _model(*_network(input_shape, classes, heads=("4b", "4e")))


def googlenet_with_heads_one_early(input_shape: Shape, classes: int) -> keras.Model:
    """Both auxiliary heads come one module too early. After which modules do they branch off?"""
    return _model(*_network(input_shape, classes, heads=("3b", "4c")))


def googlenet_with_heads_before_their_modules(input_shape: Shape, classes: int) -> keras.Model:
    """Your auxiliary heads read the inputs of their modules. They should read the outputs."""
    return _model(*_network(input_shape, classes, heads_first=True))


def googlenet_with_the_first_head_late(input_shape: Shape, classes: int) -> keras.Model:
    """Your first auxiliary head comes too late, one module further than it should."""
    return _model(*_network(input_shape, classes, heads=("4b", "4d")))


def googlenet_with_the_second_head_late(input_shape: Shape, classes: int) -> keras.Model:
    """Your second auxiliary head comes too late, one module further than it should."""
    return _model(*_network(input_shape, classes, heads=("4a", "4e")))


def googlenet_with_the_second_head_early(input_shape: Shape, classes: int) -> keras.Model:
    """Your second auxiliary head comes too early, one module before its place."""
    return _model(*_network(input_shape, classes, heads=("4a", "4c")))


def googlenet_with_main_heads(input_shape: Shape, classes: int) -> keras.Model:
    """Your auxiliary outputs come from the main kind of head. The auxiliary one is built differently."""
    return _model(*_network(input_shape, classes, auxiliary=_unnamed_gap_head))


def _unnamed_gap_head(x: Tensor, classes: int) -> Tensor:
    return layers.Dense(classes)(layers.Dropout(0.4)(layers.GlobalAveragePooling2D()(x)))


def googlenet_that_flattens(input_shape: Shape, classes: int) -> keras.Model:
    """Your main head flattens the map. What does GoogLeNet do there, to save parameters?"""
    return _model(*_network(input_shape, classes, main=_flattening_head))


def _flattening_head(x: Tensor, classes: int) -> Tensor:
    return layers.Dense(classes)(layers.Dropout(0.4)(layers.Flatten()(x)))


def googlenet_with_the_auxiliary_rate(input_shape: Shape, classes: int) -> keras.Model:
    """Your main head drops as much as an auxiliary one. Which rate belongs to which head?"""
    return _model(*_network(input_shape, classes, main=lambda x, n: main_head(x, n, 0.7)))


def googlenet_dropping_half(input_shape: Shape, classes: int) -> keras.Model:
    """Your main head drops one half, as AlexNet does. Which rate does the exercise give for this head?"""
    return _model(*_network(input_shape, classes, main=lambda x, n: main_head(x, n, 0.5)))


def googlenet_without_main_dropout(input_shape: Shape, classes: int) -> keras.Model:
    """Nothing is dropped in your main head during training."""
    return _model(*_network(input_shape, classes, main=lambda x, n: main_head(x, n, 0.0)))


def googlenet_with_softmax(input_shape: Shape, classes: int) -> keras.Model:
    """Your outputs are probabilities. Logits are asked for: the values before the softmax."""
    inputs, outputs = _network(input_shape, classes)
    return _model(inputs, [layers.Softmax()(y) for y in outputs])


def googlenet_with_main_softmax(input_shape: Shape, classes: int) -> keras.Model:
    """Your main output is a probability. Logits are asked for: the values before the softmax."""
    inputs, (main, *auxiliary) = _network(input_shape, classes)
    return _model(inputs, [layers.Softmax()(main), *auxiliary])


def googlenet_without_pools(input_shape: Shape, classes: int) -> keras.Model:
    """There is no pooling between your modules. The map shrinks twice more after the stem."""
    return _model(*_network(input_shape, classes, pools=()))


def googlenet_without_the_first_pool(input_shape: Shape, classes: int) -> keras.Model:
    """One pooling is missing: the map shrinks before the modules of stage 4."""
    return _model(*_network(input_shape, classes, pools=("4e",)))


def googlenet_without_the_last_pool(input_shape: Shape, classes: int) -> keras.Model:
    """One pooling is missing: the map shrinks before the modules of stage 5."""
    return _model(*_network(input_shape, classes, pools=("3b",)))


def googlenet_with_average_pools(input_shape: Shape, classes: int) -> keras.Model:
    """The poolings between your modules average. They should keep the largest values."""
    return _model(*_network(input_shape, classes, pool_kind=layers.AveragePooling2D))


def googlenet_with_the_last_pool_late(input_shape: Shape, classes: int) -> keras.Model:
    """Your last pooling comes one module too late: both modules of stage 5 work on the smaller map."""
    return _model(*_network(input_shape, classes, pools=("3b", "5a")))


def googlenet_with_the_last_pool_early(input_shape: Shape, classes: int) -> keras.Model:
    """Your last pooling comes one module too early: all five modules of stage 4 work on the larger map."""
    return _model(*_network(input_shape, classes, pools=("3b", "4d")))


def googlenet_with_4b_and_4c_swapped(input_shape: Shape, classes: int) -> keras.Model:
    """Two of your modules have changed places: compare the widths of stage 4 with the table."""
    table = INCEPTION_MODULES | {"4b": INCEPTION_MODULES["4c"], "4c": INCEPTION_MODULES["4b"]}
    return _model(*_network(input_shape, classes, modules=table))


def googlenet_without_5a(input_shape: Shape, classes: int) -> keras.Model:
    """One module is missing. Modules 4e and 5a have the same widths, and both exist."""
    table = {name: widths for name, widths in INCEPTION_MODULES.items() if name != "5a"}
    return _model(*_network(input_shape, classes, modules=table))


ANSWER = Answer(
    googlenet,
    (
        googlenet_without_heads,
        googlenet_with_the_first_head_only,
        googlenet_with_the_second_head_only,
        googlenet_main_last,
        googlenet_heads_swapped,
        googlenet_with_heads_one_late,
        googlenet_with_heads_one_early,
        googlenet_with_heads_before_their_modules,
        googlenet_with_the_first_head_late,
        googlenet_with_the_second_head_late,
        googlenet_with_the_second_head_early,
        googlenet_with_main_heads,
        googlenet_that_flattens,
        googlenet_with_the_auxiliary_rate,
        googlenet_dropping_half,
        googlenet_without_main_dropout,
        googlenet_with_softmax,
        googlenet_with_main_softmax,
        googlenet_without_pools,
        googlenet_without_the_first_pool,
        googlenet_without_the_last_pool,
        googlenet_with_average_pools,
        googlenet_with_the_last_pool_late,
        googlenet_with_the_last_pool_early,
        googlenet_with_4b_and_4c_swapped,
        googlenet_without_5a,
    ),
)
