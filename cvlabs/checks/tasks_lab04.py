"""The tasks of lab 4, ResNet: their parameters, and how their cases are drawn.

Maps have sizes of which a stride leaves one over, odd ones for a stride of 2: there "same" pads both sides
alike, as torch does, so that either way of padding gives the same values. Height ≠ width, and channels ≠
filters where they need not agree.

Outputs may be off by more than rounding, because batch normalization's epsilon is 1e-3 in Keras and 1e-5 in
the paper's code, and neither is a mistake: up to 1e-3 of a normalized value.
"""

import random
from collections.abc import Callable, Mapping

from cvlabs.checks.probe import probe_layers, probe_value
from cvlabs.checks.probe_arrays import probe_arrays
from cvlabs.checks.probe_blocks import probe_model_of_blocks
from cvlabs.checks.probe_gradients import probe_gradients
from cvlabs.checks.task import Case, Task

LAB = "lab04_resnet"
BLOCK_TOLERANCE = 0.05  # and 0.005 of the largest output: three normalizations are up to 0.003 off
CONV_TOLERANCE = 0.002  # one normalization: those two epsilons are half of that apart, 0.01 is out of it
NETWORK_TOLERANCE = 0.01  # one normalization, in the stem

Arguments = Mapping[str, object]
Shape = tuple[int, int, int]


def _by_name_and_place(*arguments: Arguments) -> tuple[Case, ...]:
    return tuple(Case(given, positional=i % 2 == 1) for i, given in enumerate(arguments))


def _map(rng: random.Random, channels: int, strides: int) -> Shape:
    height, width = rng.sample(range(7, 18, 3 if strides == 3 else 2), 2)
    return height, width, channels


def _norm_cases(rng: random.Random) -> tuple[Case, ...]:
    """Values as small as the default epsilon shows on, then larger ones and a large epsilon.

    The first have a mean of zero: beside a mean of 1, a variance of 2e-5 would drown in the rounding of a
    right answer that subtracts the squared mean from the mean of squares.
    """

    def case(scale: float, mean: float, positional: bool, **epsilon: float) -> Case:
        height, width, channels = rng.sample(range(3, 7), 3)
        gamma, beta = (tuple(round(rng.uniform(0.5, 2.0), 2) for _ in range(channels)) for _ in range(2))
        return Case(
            {"gamma": gamma, "beta": beta, **epsilon},
            (height, width, channels),
            rng.getrandbits(32),
            batch=rng.choice((2, 7)),
            scale=scale,
            mean=mean,
            positional=positional,
            tolerance=1e-3,
        )

    return (
        case(0.004, 0.0, False),
        case(1.5, 2.0, True, epsilon=rng.choice((0.2, 0.5))),
        case(1.0, -1.0, False, epsilon=rng.choice((0.05, 0.1))),
    )


def _block_case(
    rng: random.Random,
    channels: int,
    arguments: Arguments,
    *,
    seldom: bool = False,
    positional: bool = False,
    tolerance: float = BLOCK_TOLERANCE,
) -> Case:
    """A case of a block; `seldom` also runs it in training, and looks for layers that two calls share.

    With a stride of 3 inputs are large: then a ReLU that stops somewhere, at 6 say, does so often.
    """
    strides = int(str(arguments.get("strides", 1)))
    return Case(
        arguments,
        _map(rng, channels, strides),
        rng.getrandbits(32),
        scale=8.0 if strides == 3 else 1.0,
        noise_batch=3 * seldom,
        compare_training=seldom,
        fresh=seldom,
        positional=positional,
        tolerance=tolerance,
    )


def _conv_cases(rng: random.Random) -> tuple[Case, ...]:
    widths = rng.sample(range(3, 20), 8)
    given: tuple[Arguments, ...] = (
        {"filters": widths[0], "kernel_size": 3},
        {"filters": widths[1], "kernel_size": 5, "strides": 2},
        {"filters": widths[2], "kernel_size": 1, "strides": 1},
        {"filters": widths[3], "kernel_size": rng.choice((3, 7)), "strides": 3},
    )
    return tuple(
        _block_case(rng, channels, arguments, seldom=i == 1, positional=i % 2 == 1, tolerance=CONV_TOLERANCE)
        for i, (channels, arguments) in enumerate(zip(widths[4:], given, strict=True))
    )


def _block_cases(expansion: int) -> Callable[[random.Random], tuple[Case, ...]]:
    """Where the input fits; where it is halved and widened; where only channels change, or the size."""

    def cases(rng: random.Random) -> tuple[Case, ...]:
        few, other, last, many = (4 * n for n in sorted(rng.sample(range(2, 7), 4)))
        return (
            _block_case(rng, expansion * few, {"filters": few}),
            _block_case(rng, few, {"filters": many, "strides": 2}, seldom=True, positional=True),
            _block_case(rng, last if expansion == 1 else other, {"filters": other, "strides": 1}),
            _block_case(rng, expansion * other, {"filters": other, "strides": 3}, positional=True),
        )

    return cases


def _depth_cases(rng: random.Random) -> tuple[Case, ...]:
    drawn = (
        {
            "blocks_per_stage": tuple(rng.randint(1, 40) for _ in range(stages)),
            "convs_per_block": convs,
        }
        for stages, convs in zip(rng.sample((2, 3, 5, 6), 3), (3, 2, rng.choice((4, 5))), strict=True)
    )
    return _by_name_and_place(
        {"blocks_per_stage": (3, 4, 6, 3), "convs_per_block": 2},
        {"blocks_per_stage": (3, 8, 36, 3), "convs_per_block": 3},
        *drawn,
    )


def _cost_cases(expansion: int) -> Callable[[random.Random], tuple[Case, ...]]:
    """Blocks whose input fits, and those where size or channels change, or both; odd sizes round up."""

    def cases(rng: random.Random) -> tuple[Case, ...]:
        def case(strides: int, *, fits: bool) -> Arguments:
            size, filters = rng.randrange(9, 121, 2), rng.randint(5, 300)
            channels = expansion * filters if fits else rng.randint(5, 900) + expansion * filters
            return {"size": size, "in_channels": channels, "filters": filters, "strides": strides}

        paper = {"size": 56, "in_channels": 64 * expansion, "filters": 64, "strides": 1}
        return _by_name_and_place(
            paper,
            {"size": 56, "in_channels": 64 * expansion, "filters": 128, "strides": 2},
            case(1, fits=True),
            case(2, fits=False),
            case(1, fits=False),
            {"size": 56, "in_channels": 64, "filters": 64, "strides": 1},  # fits if nothing expands
            case(2, fits=True),
            {**case(3, fits=False), "in_channels": rng.randint(5, 60)},
            case(3, fits=True),
        )

    return cases


def _resnet_cases(rng: random.Random) -> tuple[Case, ...]:
    """The paper's arrangement, counted; another number of stages, counted; and small ones that are run.

    Sizes of 32 n + 1 stay odd from one stride to the next, see above. The spread of equal samples in training
    is measured only to see that there is none.
    """
    image = (224, 224, 3)
    other = (rng.randint(64, 95), rng.randint(96, 127), rng.choice((1, 4)))
    sizes = rng.sample((33, 65, 97), 2)
    small, last = (*sizes, 3), (*reversed(sizes), 3)
    # The stage of two blocks shows which of them halves. With more blocks, an answer whose filters double in
    # each of them would have hundreds of millions of weights to fill and to run.
    few = [1] * 4
    few[rng.randint(1, 3)] = 2
    return (
        Case({"blocks_per_stage": (3, 4, 6, 3), "block": "wide_block"}, image, batch=0),
        Case(
            {
                "blocks_per_stage": tuple(rng.randint(1, 5) for _ in range(5)),
                "block": "narrow_block",
                "input_shape": other,
                "classes": rng.randint(11, 99),
            },
            other,
            batch=0,
            positional=True,
        ),
        Case(
            {
                "blocks_per_stage": tuple(few),
                "block": "narrow_block",
                "input_shape": small,
                "classes": rng.randint(11, 99),
            },
            small,
            rng.getrandbits(32),
            mean=1.0,  # so that many channels of the stem lie below zero everywhere, where its ReLU shows
            noise_batch=3,
            noise_tolerance=0.5,
            compare_training=True,
            tolerance=NETWORK_TOLERANCE,
        ),
        Case(
            {
                "blocks_per_stage": (2, 1),
                "block": "wide_block",
                "input_shape": last,
                "classes": rng.randint(11, 99),
            },
            last,
            rng.getrandbits(32),
            mean=8.0,  # so that half of the channels do, far: a slope of 0.01 there shows in the logits
            positional=True,
            tolerance=NETWORK_TOLERANCE / 2,  # which epsilon takes a quarter of, and that slope twice as much
        ),
    )


def _gradient_cases(rng: random.Random) -> tuple[Case, ...]:
    """Small models whose layers have names of no order; tolerance for sums in float32 of any order."""

    def case(strides: tuple[int, ...], positional: bool) -> Case:
        names = [f"{word}{rng.randint(1, 99)}" for word in rng.sample(_WORDS, len(strides) + 1)]
        width = rng.randint(5, 9)
        widths = [rng.randint(4, 9) if step > 1 else width for step in strides]
        rows = (*zip(names, widths, strides, strict=False), (names[-1], rng.randint(4, 9), 1))
        height, across = rng.sample(range(7, 12), 2)
        return Case(
            {"model": rows},
            (height, across, 3),
            rng.getrandbits(32),
            batch=rng.randint(5, 8),
            positional=positional,
            tolerance=2e-3,
        )

    return case((1, 1, 2), False), case((2, 1), True), case((1, 2, 1, 1), False)


_WORDS = ("apple", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine", "willow", "yew")

TASKS = (
    Task(
        "batch_norm",
        LAB,
        3,
        ("x", "gamma", "beta", "epsilon"),
        "batch normalization as it trains",
        _norm_cases,
        probe_arrays,
        pooled=True,
    ),
    Task(
        "conv_bn_relu",
        LAB,
        2,
        ("x", "filters", "kernel_size", "strides"),
        "convolution, batch normalization, ReLU",
        _conv_cases,
        probe_layers,
        pooled=True,
    ),
    Task(
        "plain_block",
        LAB,
        2,
        ("x", "filters", "strides"),
        "two convolutions without a shortcut",
        _block_cases(1),
        probe_layers,
        pooled=True,
    ),
    Task(
        "residual_block",
        LAB,
        5,
        ("x", "filters", "strides"),
        "two convolutions and a shortcut",
        _block_cases(1),
        probe_layers,
        pooled=True,
    ),
    Task(
        "gradient_norm_by_layer",
        LAB,
        3,
        ("model", "x", "y"),
        "how much of the gradient reaches each layer",
        _gradient_cases,
        probe_gradients,
        columns=("layer", "norm"),
        pooled=True,
        spoken=(("model", "a small model"),),
    ),
    Task(
        "residual_block_cost",
        LAB,
        2,
        ("size", "in_channels", "filters", "strides"),
        "parameters and multiply-adds of a residual block",
        _cost_cases(1),
        probe_value,
    ),
    Task(
        "bottleneck_block",
        LAB,
        4,
        ("x", "filters", "strides"),
        "1×1, 3×3, 1×1 and a shortcut",
        _block_cases(4),
        probe_layers,
        pooled=True,
    ),
    Task(
        "bottleneck_cost",
        LAB,
        2,
        ("size", "in_channels", "filters", "strides"),
        "the same for a bottleneck block",
        _cost_cases(4),
        probe_value,
    ),
    Task(
        "resnet_depth",
        LAB,
        1,
        ("blocks_per_stage", "convs_per_block"),
        "the number in a ResNet's name",
        _depth_cases,
        probe_value,
    ),
    Task(
        "resnet",
        LAB,
        5,
        ("blocks_per_stage", "block", "input_shape", "classes"),
        "stem, stages and head around any block",
        _resnet_cases,
        probe_model_of_blocks,
        pooled=True,
        spoken=(("block", "a block of the check's own"),),
    ),
)
