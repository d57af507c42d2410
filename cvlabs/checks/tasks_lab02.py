"""The tasks of lab 2, VGG: their parameters, and how their cases are drawn."""

import random
from collections.abc import Callable, Iterable, Mapping

from cvlabs.checks.probe import probe_layers, probe_model, probe_value
from cvlabs.checks.tables_lab02 import ALEXNET, VGG16, VGG19, Row, Table, amounts, any_table, vgg_table
from cvlabs.checks.task import Case, Task

LAB = "lab02_vgg"

Draw = Callable[[random.Random], int]


def _numbers(
    parameters: Mapping[str, Draw], first: Mapping[str, int]
) -> Callable[[random.Random], tuple[Case, ...]]:
    """Cases for a function of numbers: one from the lecture, then random ones, by name and by position."""

    def cases(rng: random.Random) -> tuple[Case, ...]:
        drawn = ({name: draw(rng) for name, draw in parameters.items()} for _ in range(5))
        return tuple(Case(a, positional=i % 2 == 1) for i, a in enumerate((first, *drawn)))

    return cases


def _kernel(rng: random.Random) -> int:
    return rng.choice((1, 3, 5, 7, 9, 11))


def _depth(rng: random.Random) -> int:
    return rng.randint(2, 7)


def _size(rng: random.Random) -> int:
    """An odd size, so that halving and rounding show."""
    return rng.randrange(41, 150, 2)


def _width(rng: random.Random) -> int:
    return rng.randint(2, 600)


def _kernel_cases(rng: random.Random) -> tuple[Case, ...]:
    """The lecture's 5×5, the paper's 7×7, and larger ones, where few rules of thumb still agree."""
    sizes = (5, 7, *rng.sample(range(9, 40, 2), 4))
    return tuple(Case({"kernel_size": k}, positional=i % 2 == 1) for i, k in enumerate(sizes))


def _block_cases(rng: random.Random) -> tuple[Case, ...]:
    """Odd sizes, on which poolings that round up and down differ; one, two, three and more convolutions.

    The first inputs are large: a ReLU that stops somewhere, at 6 say, then does so often. The second ones are
    also run in training, to see that nothing is random there.
    """
    convs = (2, 1, 3, rng.randint(4, 5))
    widths = rng.sample(range(5, 24), 2 * len(convs))
    return tuple(
        Case(
            {"filters": widths[2 * i], "convs": n},
            (*rng.sample(range(13, 24, 2), 2), widths[2 * i + 1]),
            rng.getrandbits(32),
            scale=8.0 if i == 0 else 1.0,
            noise_batch=2 * (i == 1),
            compare_training=i == 1,
            fresh=True,
            positional=i % 2 == 1,
        )
        for i, n in enumerate(convs)
    )


def _vgg_cases(rng: random.Random) -> tuple[Case, ...]:
    """Two networks of the paper and a random one, counted only, and a small one that is run.

    The small one still has two dense layers of 4096 units, about 19 million weights. Its images are twice as
    wide as high, so that the order in which the last map is flattened shows. Its classes are many because the
    sampling error of the spread over n copies and k classes is 1 / √(2 (n - 1) k), as in lab 1: 0.009, a
    sixth of the tolerance for the difference of two. Dropout before each dense layer gives 0.85 times the
    spread, a rate of 0.4 gives 0.77 times.
    """
    image, other = (224, 224, 3), (rng.randint(64, 95), rng.randint(96, 127), rng.choice((1, 4)))
    convs, few = [rng.randint(1, 6) for _ in range(5)], [1, 1, 1, 1, 1]
    few[rng.randrange(1, 4)] = 2
    small = (rng.randint(32, 36), rng.randint(64, 70), 3)
    return (
        Case({"convs_per_stage": VGG16}, image, batch=0),
        Case({"convs_per_stage": VGG19, "classes": rng.randint(11, 99)}, image, batch=0),
        Case(
            {"convs_per_stage": tuple(convs), "input_shape": other, "classes": rng.randint(11, 99)},
            other,
            batch=0,
        ),
        Case(
            {"convs_per_stage": tuple(few), "input_shape": small, "classes": rng.randint(370, 430)},
            small,
            rng.getrandbits(32),
            noise_batch=16,
            noise_tolerance=0.08,
            positional=True,
        ),
    )


def _comparison_cases(rng: random.Random) -> tuple[Case, ...]:
    vgg16 = vgg_table(VGG16, 224, 64, (4096, 4096, 1000))
    drawn = [(any_table(rng), any_table(rng)) for _ in range(4)]
    return tuple(
        Case({"a": a, "b": b}, positional=i % 2 == 1) for i, (a, b) in enumerate([(ALEXNET, vgg16), *drawn])
    )


def _is_clear(rows: Table) -> bool:
    """Whether no total of the table, with or without any one row, lies where rounding could go either way."""
    whole = amounts(rows)
    parts = [(0.0, 0.0), *(amounts([row]) for row in rows)]
    return all(
        abs((total - part) * 10 % 1 - 0.5) > 1e-3
        for pair in parts
        for total, part in zip(whole, pair, strict=True)
    )


def _clear_table(rng: random.Random, hidden: int, classes: int) -> Table:
    """A table of a network like VGG in which every convolution of the first stages shows in both totals."""
    while True:
        convs = [rng.randint(2, 4) for _ in range(5)]
        table = vgg_table(convs, 16 * rng.randint(7, 11), rng.randint(56, 80), (hidden, hidden, classes))
        if _is_clear(table):
            return table


def _printed(table: Table, missing: Iterable[Row], *, positional: bool = False) -> Case:
    """A case whose published totals leave out the rows `missing`."""
    macs, memory = (round(amount, 1) for amount in amounts(row for row in table if row not in missing))
    return Case({"published_macs": macs, "published_memory": memory, "layers": table}, positional=positional)


def _audit_cases(rng: random.Random) -> tuple[Case, ...]:
    """The lecture's row; then convolutions, the first one too, dense layers, the last one too, nothing, and
    two layers left out.
    """
    vgg16 = vgg_table(VGG16, 224, 64, (4096, 4096, 1000))
    one, other = (_clear_table(rng, rng.randint(1000, 4096), rng.randint(10, 1000)) for _ in range(2))
    dense = _clear_table(rng, rng.randint(30_000, 40_000), rng.randint(10, 1000))
    wide = _clear_table(rng, rng.randint(1000, 2000), rng.randint(60_000, 90_000))
    last = _clear_table(rng, rng.randint(1500, 2000), rng.randint(80_000, 90_000))
    whole = _clear_table(rng, rng.randint(1000, 4096), rng.randint(5, 10))
    two = _clear_table(rng, rng.randint(1000, 4096), rng.randint(10, 1000))
    stages = rng.sample((2, 3, 4), 2)  # their first layers have half the work of the others in their stage
    return (
        Case({"published_macs": 13.6, "published_memory": 48.6, "layers": vgg16}),
        _printed(one, one[:1], positional=True),
        _printed(other, [_convolution(rng, other, rng.randint(1, 3))]),
        _printed(dense, [row for row in dense if row[0] == "dense1"]),
        _printed(wide, [_convolution(rng, wide, 2)], positional=True),
        _printed(last, last[-1:]),
        _printed(whole, []),
        _printed(two, [row for row in two if row[0] in {f"conv{stage}_1" for stage in stages}]),
    )


def _convolution(rng: random.Random, table: Table, stage: int) -> Row:
    return rng.choice([row for row in table if row[0].startswith(f"conv{stage}_")])


_STACK = {"kernel_size": _kernel, "depth": _depth, "channels": _width}

TASKS = (
    Task(
        "equivalent_depth",
        LAB,
        1,
        ("kernel_size",),
        "how many 3×3 convolutions see as far as one large one",
        _kernel_cases,
        probe_value,
    ),
    Task(
        "stacked_params",
        LAB,
        1,
        ("kernel_size", "depth", "channels"),
        "weights of a stack of convolutions",
        _numbers(_STACK, {"kernel_size": 3, "depth": 2, "channels": 64}),
        probe_value,
    ),
    Task(
        "stacked_macs",
        LAB,
        1,
        ("size", "kernel_size", "depth", "channels"),
        "multiply-adds of a stack of convolutions",
        _numbers({"size": _size} | _STACK, {"size": 56, "kernel_size": 3, "depth": 2, "channels": 256}),
        probe_value,
    ),
    Task(
        "stage_cost",
        LAB,
        2,
        ("size", "channels"),
        "memory, weights and multiply-adds of a convolution in a stage",
        _numbers({"size": _size, "channels": _width}, {"size": 112, "channels": 128}),
        probe_value,
        ("memory_bytes", "params", "macs"),
    ),
    Task(
        "vgg_block",
        LAB,
        4,
        ("x", "filters", "convs"),
        "a stage of VGG",
        _block_cases,
        probe_layers,
        pooled=True,
    ),
    Task(
        "vgg",
        LAB,
        5,
        ("convs_per_stage", "input_shape", "classes"),
        "VGG from its table",
        _vgg_cases,
        probe_model,
        pooled=True,
    ),
    Task(
        "compare_costs",
        LAB,
        3,
        ("a", "b"),
        "how many times the memory, the weights and the multiply-adds",
        _comparison_cases,
        probe_value,
        ("memory", "params", "macs"),
    ),
    Task(
        "find_omitted_layer",
        LAB,
        4,
        ("published_macs", "published_memory", "layers"),
        "the layers that a published total may have left out",
        _audit_cases,
        probe_value,
    ),
)
