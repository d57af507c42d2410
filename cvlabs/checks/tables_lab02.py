"""Cost tables that lab 2's cases are made of.

A cost table is a list of rows `(name, output_shape, params, macs)`, one for each convolution and dense layer,
as the lab has it: biases not counted.
"""

import math
import random
from collections.abc import Iterable

Row = tuple[str, tuple[int, ...], int, int]
Table = list[Row]

VGG16, VGG19 = (2, 2, 3, 3, 3), (2, 2, 4, 4, 4)

ALEXNET: Table = [  # the one that the lecture compares with: 227×227 images, 64-192-384-256-256 filters
    ("conv1", (56, 56, 64), 23_232, 72_855_552),
    ("conv2", (27, 27, 192), 307_200, 223_948_800),
    ("conv3", (13, 13, 384), 663_552, 112_140_288),
    ("conv4", (13, 13, 256), 884_736, 149_520_384),
    ("conv5", (13, 13, 256), 589_824, 99_680_256),
    ("dense1", (4096,), 37_748_736, 37_748_736),
    ("dense2", (4096,), 16_777_216, 16_777_216),
    ("dense3", (1000,), 4_096_000, 4_096_000),
]


def vgg_table(convs_per_stage: Iterable[int], size: int, width: int, dense: Iterable[int]) -> Table:
    """Returns the costs of a VGG: `width` filters in the first stage, doubled three times; `dense` units."""
    rows: Table = []
    channels = 3
    for stage, convs in enumerate(convs_per_stage):
        filters = width * 2 ** min(stage, 3)
        for i in range(convs):
            params = 9 * channels * filters
            rows.append((f"conv{stage + 1}_{i + 1}", (size, size, filters), params, params * size**2))
            channels = filters
        size //= 2
    features = size**2 * channels
    for i, units in enumerate(dense):
        rows.append((f"dense{i + 1}", (units,), features * units, features * units))
        features = units
    return rows


def any_table(rng: random.Random) -> Table:
    """A network with oblong maps and kernels of several sizes, large enough to be worth printing."""
    rows: Table = []
    channels = 3
    for i in range(rng.randint(3, 7)):
        height, width = rng.sample(range(40, 113), 2)
        filters, kernel_size = rng.randint(96, 384), rng.choice((3, 5))
        params = kernel_size**2 * channels * filters
        rows.append((f"conv{i + 1}", (height, width, filters), params, params * height * width))
        channels = filters
    features = rng.randint(2000, 9000)
    for i in range(rng.randint(1, 3)):
        units = rng.randint(1000, 4000)
        rows.append((f"dense{i + 1}", (units,), features * units, features * units))
        features = units
    return rows


def amounts(rows: Iterable[Row]) -> tuple[float, float]:
    """Multiply-adds in 10⁹, and the memory of feature maps in MiB."""
    rows = list(rows)
    maps = sum(math.prod(shape) for _, shape, _, _ in rows if len(shape) == 3)
    return sum(row[3] for row in rows) / 1e9, 4 * maps / 2**20
