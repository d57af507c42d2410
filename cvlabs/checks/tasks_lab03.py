"""The tasks of lab 3, GoogLeNet: their parameters, and how their cases are drawn.

Cases have unusual sizes, height ≠ width and channels ≠ filters, so that a wrong axis or a swapped argument
shows. Widths are distinct within a case, so that every branch of a module can be told from the others.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

from cvlabs.checks.probe import probe_layers, probe_model, probe_value
from cvlabs.checks.task import Case, Task

LAB = "lab03_googlenet"
IMAGE_SCALE = 16.0  # where LRN acts: its sum of squares must not vanish beside the bias of 2

Draw = Callable[[random.Random], object]


def _numbers(
    parameters: Mapping[str, Draw], first: Mapping[str, int]
) -> Callable[[random.Random], tuple[Case, ...]]:
    """Cases for a function of numbers: one from the lecture, then random ones, by name and by position."""

    def cases(rng: random.Random) -> tuple[Case, ...]:
        drawn = ({name: draw(rng) for name, draw in parameters.items()} for _ in range(5))
        return tuple(Case(a, positional=i % 2 == 1) for i, a in enumerate((first, *drawn)))

    return cases


def _kernel(rng: random.Random) -> int:
    return rng.choice((1, 3, 5, 7, 11))


def _size(rng: random.Random) -> int:
    return rng.randint(5, 120)


def _width(rng: random.Random) -> int:
    return rng.randint(2, 600)


def _side(rng: random.Random) -> int:
    return rng.randint(5, 20)


def _few(rng: random.Random) -> int:
    """A head on a flattened map then has 12 million weights at most, and Keras can be asked to count them."""
    return rng.randint(2, 170)


def _widths(rng: random.Random) -> dict[str, int]:
    """Six different small widths for an Inception module."""
    names = ("f1", "f3_reduce", "f3", "f5_reduce", "f5", "pool_proj")
    return dict(zip(names, rng.sample(range(3, 17), len(names)), strict=True))


def _shape(rng: random.Random, channels: int) -> tuple[int, int, int]:
    height, width = rng.sample(range(7, 14), 2)
    return height, width, channels


def _stem_cases(rng: random.Random) -> tuple[Case, ...]:
    """The first that is run is also run in training, to see that nothing is random there.

    Its height is even before each of the three strides: "same" then pads the two sides differently. Where
    sizes are odd, a padding that is equal on both sides gives the same.
    """
    sizes = [(rng.choice((32, 40, 48, 56)), rng.choice(range(33, 60, 2))), rng.sample(range(32, 60), 2)]
    return (
        Case(input_shape=(224, 224, 3), batch=0),
        *(
            Case(
                input_shape=(*size, 3),
                seed=rng.getrandbits(32),
                scale=IMAGE_SCALE,
                noise_batch=2 * (i == 0),
                compare_training=i == 0,
            )
            for i, size in enumerate(sizes)
        ),
    )


def _module_cases(rng: random.Random) -> tuple[Case, ...]:
    """The last inputs are large: then a ReLU that stops somewhere, at 6 say, does so often."""
    return tuple(
        Case(
            _widths(rng),
            _shape(rng, rng.randint(17, 29)),
            rng.getrandbits(32),
            scale=8.0 if i == 2 else 1.0,
            noise_batch=2 * (i == 1),
            compare_training=i == 1,
            fresh=True,
            positional=i == 1,
        )
        for i in range(3)
    )


def _gap_cases(rng: random.Random) -> tuple[Case, ...]:
    """Rates of 0.25 and 0.4, which 0.3 and 0.5 must be told from: 1.13 and 1.22 times the spread.

    The sampling error of the spread over n copies and k classes is 1 / √(2 (n - 1) k), as in lab 1, where for
    k dependent classes on d features stands k d / (k + d), some 29 here: 0.008, and 0.012 for a difference.
    Features are near 1 there. In the last case they have either sign, and a ReLU in front of the dense layer
    shows.
    """
    rates: tuple[dict[str, object], ...] = ({}, {"dropout_rate": 0.25}, {})

    def case(given: Mapping[str, object], **options: Any) -> Case:
        arguments = {"classes": rng.randint(65, 95), **given}
        return Case(arguments, _shape(rng, rng.randint(32, 64)), rng.getrandbits(32), **options)

    return (
        *(
            case(rate, mean=1.0, noise_batch=256, few_values=True, positional=i == 1)
            for i, rate in enumerate(rates)
        ),
        case({}, scale=8.0),
    )


def _auxiliary_cases(rng: random.Random) -> tuple[Case, ...]:
    """The sampling error of the spread is 0.007 by that formula, for 1024 features (up to 0.01 measured).

    Rates of 0.6 and 0.8 would give 0.8 and 1.3 times the spread. The second inputs are large, for which a
    ReLU that stops at 6 does so.
    """
    shapes = ((14, 14, rng.randint(20, 40)), (*rng.sample(range(8, 16), 2), rng.randint(20, 40)))
    return tuple(
        Case(
            {"classes": rng.randint(65, 95)},
            shape,
            rng.getrandbits(32),
            scale=8.0**i,
            mean=8.0**i,
            noise_batch=128,
            noise_tolerance=0.08,
            few_values=True,
            fresh=True,
            positional=i == 1,
        )
        for i, shape in enumerate(shapes)
    )


def _googlenet_cases(rng: random.Random) -> tuple[Case, ...]:
    """One network that is counted, and a small one that is run.

    The sampling error of each output's spread over 16 copies and 400 classes on 1024 features is 0.011 by
    the formula of `_gap_cases` (0.008 to 0.014 measured), and 0.015 for a difference: a sixth of the
    tolerance, and of what lies beyond it to the nearest usual rate. Those are 0.3 and 0.5 for the main head,
    0.6 and 0.8 for the auxiliary ones: 0.80, 1.22 and 0.80, 1.31 times the spread.
    """
    height, width = rng.sample(range(80, 113, 8), 2)
    published = {"input_shape": (224, 224, 3), "classes": 1000}
    drawn = {"input_shape": (height, width, 3), "classes": rng.randint(390, 430)}
    return (
        Case(published, (224, 224, 3), batch=0),
        Case(
            drawn,
            (height, width, 3),
            rng.getrandbits(32),
            batch=2,
            scale=IMAGE_SCALE,
            noise_batch=16,
            noise_tolerance=0.1,
            positional=True,
        ),
    )


_MODULE = ("f1", "f3_reduce", "f3", "f5_reduce", "f5", "pool_proj")
_CONV = {"kernel_size": _kernel, "in_channels": _width, "filters": _width}
_HEAD = {"h": _side, "w": _side, "c": _few, "classes": _few}

# Module 3a of the paper (table 1): its arguments are the first case of both cost exercises.
_3A = {"f1": 64, "f3_reduce": 96, "f3": 128, "f5_reduce": 16, "f5": 32, "pool_proj": 32}

TASKS = (
    Task(
        "conv_params",
        LAB,
        1,
        ("kernel_size", "in_channels", "filters"),
        "parameters of a convolution, biases included",
        _numbers(_CONV, {"kernel_size": 7, "in_channels": 3, "filters": 64}),
        probe_value,
    ),
    Task(
        "conv_macs",
        LAB,
        1,
        ("output_size", "kernel_size", "in_channels", "filters"),
        "multiply-adds of a convolution",
        _numbers(
            {"output_size": _size} | _CONV,
            {"output_size": 112, "kernel_size": 7, "in_channels": 3, "filters": 64},
        ),
        probe_value,
    ),
    Task("stem", LAB, 3, ("x",), "the stem, 224×224×3 to 28×28×192", _stem_cases, probe_layers, pooled=True),
    Task(
        "naive_inception_cost",
        LAB,
        2,
        ("size", "in_channels", "f1", "f3", "f5"),
        "parameters and multiply-adds of a naive Inception module",
        _numbers(
            {"size": _size, "in_channels": _width} | dict.fromkeys(("f1", "f3", "f5"), _width),
            {"size": 28, "in_channels": 192} | {name: _3A[name] for name in ("f1", "f3", "f5")},
        ),
        probe_value,
    ),
    Task(
        "inception_cost",
        LAB,
        2,
        ("size", "in_channels", *_MODULE),
        "the same for a module with reductions",
        _numbers(
            {"size": _size, "in_channels": _width} | dict.fromkeys(_MODULE, _width),
            {"size": 28, "in_channels": 192} | _3A,
        ),
        probe_value,
    ),
    Task(
        "inception_module",
        LAB,
        5,
        ("x", *_MODULE),
        "the Inception module",
        _module_cases,
        probe_layers,
        pooled=True,
    ),
    Task(
        "flatten_head_params",
        LAB,
        1,
        ("h", "w", "c", "classes"),
        "parameters of flatten + dense",
        _numbers(_HEAD, {"h": 7, "w": 7, "c": 1024, "classes": 1000}),
        probe_value,
    ),
    Task(
        "gap_head_params",
        LAB,
        1,
        ("c", "classes"),
        "parameters of global average pooling + dense",
        _numbers({"c": _width, "classes": _width}, {"c": 1024, "classes": 1000}),
        probe_value,
    ),
    Task(
        "gap_head",
        LAB,
        2,
        ("x", "classes", "dropout_rate"),
        "global average pooling, dropout, one dense layer",
        _gap_cases,
        probe_layers,
        pooled=True,
    ),
    Task(
        "auxiliary_head",
        LAB,
        3,
        ("x", "classes"),
        "the auxiliary classifier",
        _auxiliary_cases,
        probe_layers,
        pooled=True,
    ),
    Task(
        "googlenet",
        LAB,
        5,
        ("input_shape", "classes"),
        "GoogLeNet with both auxiliary classifiers",
        _googlenet_cases,
        probe_model,
        pooled=True,
    ),
)
