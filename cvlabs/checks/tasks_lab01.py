"""The tasks of lab 1, AlexNet and ZFNet: their parameters, and how their cases are drawn.

Cases have odd sizes, height ≠ width and channels ≠ filters. Divisions that do not come out even are among
them every time, since rounding is what the arithmetic of convolutions is about.
"""

import random
from collections.abc import Mapping

from cvlabs.checks.probe import probe_layers, probe_model, probe_value
from cvlabs.checks.task import Case, Grouped, Task

LAB = "lab01_alexnet"
IMAGE_SCALE = 64.0  # where LRN acts: its sum of squares must not vanish beside the bias of 2
DTYPES = ("bfloat16", "float16", "float32", "float64", "int8", "uint8", "int16", "int32", "int64")

Arguments = Mapping[str, object]

# The convolutions of AlexNet that have two groups: kernel 5, 3 and 3.
ALEXNET_GROUPS = (
    Grouped(5 * 5 * 48, 256, 2),
    Grouped(3 * 3 * 192, 384, 2),
    Grouped(3 * 3 * 192, 256, 2),
)


def _by_name_and_place(*arguments: Arguments) -> tuple[Case, ...]:
    return tuple(Case(given, positional=i % 2 == 1) for i, given in enumerate(arguments))


def _layer(rng: random.Random, strides: int, dilation: int, remainder: int) -> dict[str, object]:
    """A convolution whose last step leaves `remainder` pixels over."""
    kernel_size, padding, steps = rng.randint(3, 9), rng.randint(1, 4), rng.randint(9, 60)
    extent = dilation * (kernel_size - 1) + 1
    size = strides * steps + remainder + extent - 2 * padding
    return {
        "size": size,
        "kernel_size": kernel_size,
        "strides": strides,
        "padding": padding,
        "dilation": dilation,
    }


def _output_size_cases(rng: random.Random) -> tuple[Case, ...]:
    strides = rng.choice((3, 4, 5))
    plain = _layer(rng, 1, 1, 0)
    return _by_name_and_place(
        {"size": 227, "kernel_size": 11, "strides": 4},
        _layer(rng, strides, 1, strides - 1),  # where rounding to the nearest would go up
        {"size": rng.randint(30, 90), "kernel_size": rng.randint(3, 9)},
        _layer(rng, 2, rng.randint(2, 4), 0),  # where a kernel that is a pixel too long has no place
        {name: plain[name] for name in ("size", "kernel_size", "padding")},  # by name: strides are left out
        _layer(rng, rng.randint(6, 9), rng.randint(2, 3), 1),
        _layer(rng, 1, rng.randint(2, 4), 0),  # where each pixel of the kernel counts
    )


def _channels(rng: random.Random, groups: int) -> dict[str, object]:
    """Channels and filters that can be divided into groups, and are not alike."""
    few, many = rng.sample(range(2, 60), 2)
    return {"in_channels": groups * few, "filters": groups * many}


def _params_cases(rng: random.Random) -> tuple[Case, ...]:
    def grouped(groups: int) -> dict[str, object]:
        return {"kernel_size": rng.choice((1, 3, 5, 7))} | _channels(rng, groups) | {"groups": groups}

    return _by_name_and_place(
        {"kernel_size": 11, "in_channels": 3, "filters": 96},
        {"kernel_size": 5, "in_channels": 96, "filters": 256, "groups": 2},
        {"kernel_size": rng.choice((3, 5, 7))} | _channels(rng, 1) | {"use_bias": False},
        grouped(rng.randint(3, 8)) | {"use_bias": False},
        grouped(rng.randint(3, 8)),
        grouped(1) | {"use_bias": True},
    )


def _macs_cases(rng: random.Random) -> tuple[Case, ...]:
    def drawn(groups: int) -> dict[str, object]:
        return {"output_size": rng.randint(5, 120), "kernel_size": rng.choice((3, 5, 7))} | _channels(
            rng, groups
        )

    return _by_name_and_place(
        {"output_size": 55, "kernel_size": 11, "in_channels": 3, "filters": 96},
        {"output_size": 27, "kernel_size": 5, "in_channels": 96, "filters": 256, "groups": 2},
        drawn(1),
        # More than 32 bits hold, and odd: single precision cannot, either.
        {"output_size": 225, "kernel_size": 3, "in_channels": 65, "filters": 129},
        *(drawn(groups) | {"groups": groups} for groups in rng.sample(range(3, 9), 3)),
    )


def _bytes_cases(rng: random.Random) -> tuple[Case, ...]:
    def sizes(rank: int) -> tuple[int, ...]:
        return tuple(rng.randint(3, 40) for _ in range(rank))

    shapes = [(None, *sizes(3)), sizes(1), sizes(4), *((None, *sizes(1)) for _ in range(2))]
    shapes += [sizes(rank) for rank in rng.sample(range(1, 5), 4)]
    every_dtype = zip(shapes, rng.sample(DTYPES, len(DTYPES)), strict=True)
    return _by_name_and_place(
        {"shape": (55, 55, 96)},
        *({"shape": shape, "dtype": dtype} for shape, dtype in every_dtype),
        {"shape": (None, *sizes(2))},
        {"shape": (), "dtype": rng.choice(DTYPES[1:])},  # Keras cannot show NumPy a bfloat16 scalar
    )


ALEXNET_TO_POOL5 = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]


def _field_cases(rng: random.Random) -> tuple[Case, ...]:
    """No kernel is smaller than its stride. Otherwise there are gaps between the pixels that a value depends
    on, and whoever counts them gets another number than whoever measures the square around them.
    """

    def layer(most: int) -> tuple[int, int]:
        kernel_size = rng.randint(1, most)
        return kernel_size, rng.randint(1, min(kernel_size, 3))

    def stack(depth: int) -> list[tuple[int, int]]:
        return [layer(7) for _ in range(depth)]

    return _by_name_and_place(
        {"layers": ALEXNET_TO_POOL5},
        {"layers": [(rng.randint(2, 9), 2), (rng.randint(3, 9), 3), *stack(2)]},
        {"layers": []},
        {"layers": [(rng.randint(4, 11), rng.randint(2, 4))]},
        {"layers": [*ALEXNET_TO_POOL5, layer(7), (rng.randint(3, 7), 1)]},  # sees more than AlexNet's image
        *({"layers": stack(depth)} for depth in rng.sample(range(3, 10), 3)),
    )


def _lrn_cases(rng: random.Random) -> tuple[Case, ...]:
    def case(arguments: Arguments, channels: int, scale: float, positional: bool = False) -> Case:
        height, width = rng.sample(range(2, 7), 2)
        shape = (height, width, channels)
        return Case(arguments, shape, rng.getrandbits(32), scale=scale, positional=positional)

    drawn = {
        "depth_radius": rng.choice((1, 3)),
        "bias": rng.choice((0.5, 1.5, 3.0)),
        "alpha": rng.choice((0.02, 0.05, 0.1)),
        "beta": rng.choice((0.4, 0.5, 1.25)),
    }
    return (
        case({}, rng.randint(9, 15), IMAGE_SCALE),
        case(drawn, rng.randint(9, 15), 4.0, positional=True),
        case({"depth_radius": 4, "alpha": 0.01}, 3, 8.0),  # a window wider than the channels
    )


def _grouped(rng: random.Random, groups: int, *, groups_differ: bool = False, **options: bool) -> Case:
    height, width = rng.sample(range(5, 9), 2)
    few, many = rng.sample(range(3, 8), 2)
    kernel_size = rng.choice((3, 5)) if groups > 1 else 1
    arguments = {"filters": groups * many, "kernel_size": kernel_size, "groups": groups}
    layer = Grouped(kernel_size**2 * few, groups * many, groups)
    return Case(
        arguments,
        (height, width, groups * few),
        rng.getrandbits(32),
        grouped=(layer,) if groups > 1 else (),
        groups_differ=groups_differ,
        **options,
    )


def _grouped_conv_cases(rng: random.Random) -> tuple[Case, ...]:
    return (
        _grouped(rng, 2, fresh=True),
        _grouped(rng, rng.choice((3, 4)), positional=True),
        _grouped(rng, 3, groups_differ=True),
        _grouped(rng, 1),
    )


def _network_case(rng: random.Random, long: int, short: int, grouped: tuple[Grouped, ...] = ()) -> Case:
    """A network on small images, long or wide, of whose last map only a few positions are left.

    The spread over n copies, all k classes together, has a relative sampling error of 1 / √(2 (n - 1) k):
    that of a variance from n normal values, halved by the root, over classes that scatter independently, as
    those of random kernels on thousands of dropped features do. More classes are cheaper than more copies.
    Here it is 0.009, and 0.013 for the difference of two spreads (0.015 measured): a fifth of the tolerance,
    and of what lies beyond it to the nearest wrong place for the dropout, before each dense layer (0.86).
    """
    height, width = rng.sample((long, short), 2)
    shape = (height, width, 3)
    return Case(
        {"input_shape": shape, "classes": rng.randint(370, 430)},
        shape,
        rng.getrandbits(32),
        scale=IMAGE_SCALE,
        noise_batch=16,
        noise_tolerance=0.07,
        positional=True,
        grouped=grouped,
    )


def _alexnet_cases(rng: random.Random) -> tuple[Case, ...]:
    small = _network_case(rng, rng.randint(99, 106), rng.randint(67, 82), ALEXNET_GROUPS)
    return Case({}, (227, 227, 3), batch=0), small


def _zfnet_cases(rng: random.Random) -> tuple[Case, ...]:
    # Sizes for which "same" and rounding up place the windows of the first two poolings alike, as for 224,
    # one of them odd, where the padding on the far side counts. For smaller ones, a network that rounds down
    # would have no map left.
    small = _network_case(rng, rng.choice((95, 99)), rng.choice((96, 100)))
    return Case({}, (224, 224, 3), batch=0), small


TASKS = (
    Task(
        "conv_output_size",
        LAB,
        2,
        ("size", "kernel_size", "strides", "padding", "dilation"),
        "size of a convolution's output",
        _output_size_cases,
        probe_value,
    ),
    Task(
        "conv_params",
        LAB,
        1,
        ("kernel_size", "in_channels", "filters", "groups", "use_bias"),
        "parameters of a convolution, with groups",
        _params_cases,
        probe_value,
    ),
    Task(
        "conv_macs",
        LAB,
        1,
        ("output_size", "kernel_size", "in_channels", "filters", "groups"),
        "multiply-adds of a convolution, with groups",
        _macs_cases,
        probe_value,
    ),
    Task("activation_bytes", LAB, 1, ("shape", "dtype"), "memory of an output", _bytes_cases, probe_value),
    Task("receptive_field", LAB, 2, ("layers",), "what one output value sees", _field_cases, probe_value),
    Task(
        "count_alexnet",
        LAB,
        4,
        (),
        "AlexNet, layer by layer",
        lambda rng: (Case(),),
        probe_value,
        columns=("name", "output_shape", "params", "macs"),
    ),
    Task(
        "local_response_norm",
        LAB,
        3,
        ("x", "depth_radius", "bias", "alpha", "beta"),
        "normalization across channels",
        _lrn_cases,
        probe_layers,
        pooled=True,
    ),
    Task(
        "grouped_conv",
        LAB,
        4,
        ("x", "filters", "kernel_size", "groups"),
        "a convolution in groups",
        _grouped_conv_cases,
        probe_layers,
        pooled=True,
    ),
    Task("alexnet", LAB, 5, ("input_shape", "classes"), "AlexNet", _alexnet_cases, probe_model, pooled=True),
    Task("zfnet", LAB, 4, ("input_shape", "classes"), "ZFNet", _zfnet_cases, probe_model, pooled=True),
)
