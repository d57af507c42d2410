"""Lab 1, AlexNet in numbers: the right answer and the misconceptions."""

from collections.abc import Sequence

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab01_costs import conv_macs, conv_params
from cvlabs.checks.answers.lab01_output_size import conv_output_size

Row = tuple[str, tuple[int, ...], int, int]

TWO_GROUPS = {"conv2": 2, "conv4": 2, "conv5": 2}
PADDING = {"conv2": 2, "conv3": 1, "conv4": 1, "conv5": 1}
PAPER = (96, 256, 384, 384, 256)
KERNELS = (11, 5, 3, 3, 3)


def _count(
    size: int = 227,
    *,
    filters: Sequence[int] = PAPER,
    groups: dict[str, int] = TWO_GROUPS,
    padding: dict[str, int] = PADDING,
    work_at_the_input: bool = False,
    one_channel: bool = False,
    dense_positions: bool = False,
    same_values: bool = False,
) -> list[Row]:
    """The rows of an AlexNet with something changed."""
    rows: list[Row] = []
    channels = 3
    for i, (width, kernel_size) in enumerate(zip(filters, KERNELS, strict=True), 1):
        name, before = f"conv{i}", size
        size = conv_output_size(size, kernel_size, 4 if i == 1 else 1, padding.get(name, 0))
        layer = (kernel_size, channels, width, groups.get(name, 1))
        work = conv_macs(before if work_at_the_input else size, *layer)
        rows.append((name, (size, size, width), conv_params(*layer), work))
        channels = width
        if i in (1, 2, 5):
            size = conv_output_size(size, 3, 2)
            rows.append((f"pool{i}", (size, size, width), 0, 0))
    values = size * size * (1 if one_channel else channels)
    for name, units in (("dense6", 4096), ("dense7", 4096), ("dense8", 1000)):
        work = conv_macs(size if dense_positions else 1, 1, values, units)
        rows.append((name, (units,), conv_params(1, values, units), work))
        values = values if same_values else units
    return rows


def count_alexnet() -> list[Row]:
    """AlexNet, layer by layer: name, shape of the output, parameters, multiply-adds."""
    return _count()


def count_without_groups() -> list[Row]:
    """You counted the network without groups. Which convolutions see only half of the channels?"""
    return _count(groups={})


def count_with_groups_everywhere() -> list[Row]:
    """Your third convolution is split, too. It reads the maps of both halves."""
    return _count(groups=TWO_GROUPS | {"conv3": 2})


def count_with_one_layer_split() -> list[Row]:
    """Only your second convolution is split. There are three of them in the table."""
    return _count(groups={"conv2": 2})


def count_of_224() -> list[Row]:
    """Your image has 224 pixels, as the paper prints. From these its 55×55 maps do not follow."""
    return _count(224)


def count_without_padding() -> list[Row]:
    """You left the padding out. All convolutions but the first keep the size of the map."""
    return _count(padding={})


def count_of_the_lecture() -> list[Row]:
    """These are the numbers of filters of the later, narrower AlexNet that the lecture counts."""
    return _count(filters=(64, 192, 384, 256, 256), groups={})


def count_at_the_input() -> list[Row]:
    """Your multiply-adds count the positions of the input. A kernel is applied once per output position."""
    return _count(work_at_the_input=True)


def count_of_one_flattened_channel() -> list[Row]:
    """Your first dense layer reads one channel. Flattening keeps all values: height × width × channels."""
    return _count(one_channel=True)


def count_of_dense_layers_on_the_map() -> list[Row]:
    """Your dense layers all read the values of pool5. Each reads the output of the layer before it."""
    return _count(same_values=True)


def count_of_dense_layers_at_many_positions() -> list[Row]:
    """You counted the work of a dense layer once for every position of pool5. It reads all values at once: it
    is a convolution with one position.
    """
    return _count(dense_positions=True)


def _changed(params: int, macs: int) -> list[Row]:
    """The right rows with the biases counted `params` times, `macs` times also in multiply-adds."""
    rows = []
    for name, shape, weights, work in count_alexnet():
        biases = shape[-1] if weights else 0
        positions = shape[0] * shape[1] if len(shape) == 3 else 1
        rows.append((name, shape, weights + params * biases, work + macs * positions * biases))
    return rows


def count_without_biases() -> list[Row]:
    """You left the biases out. Every convolution and every dense layer has them."""
    return _changed(-1, 0)


def count_with_biases_as_macs() -> list[Row]:
    """You counted adding the biases as work. It multiplies nothing, so it is no multiply-add here."""
    return _changed(0, 1)


def count_with_biases_as_macs_of_dense_layers() -> list[Row]:
    """The multiply-adds of your dense layers include the biases, as their parameters do. Adding a bias
    multiplies nothing.
    """
    return [(*row[:3], row[2] if len(row[1]) == 1 else row[3]) for row in count_alexnet()]


def count_without_biases_of_dense_layers() -> list[Row]:
    """You left out the biases of the dense layers. They have them, as the convolutions do."""
    return [(*row[:2], row[3] if len(row[1]) == 1 else row[2], row[3]) for row in count_alexnet()]


def count_with_weights_in_poolings() -> list[Row]:
    """You counted the poolings as convolutions. A pooling has no parameters and multiplies nothing."""
    rows = []
    for name, shape, params, macs in count_alexnet():
        if name.startswith("pool"):
            layer = (3, shape[-1], shape[-1])
            params, macs = conv_params(*layer), conv_macs(shape[0], *layer)
        rows.append((name, shape, params, macs))
    return rows


def count_of_flops() -> list[Row]:
    """Your work is twice the right number: one multiply-add is a multiplication and its addition."""
    return [(name, shape, params, 2 * macs) for name, shape, params, macs in count_alexnet()]


def count_channels_first() -> list[Row]:
    """You put the channels first. In this lab a map is height × width × channels."""
    return [(name, (*shape[2:], *shape[:2]), params, macs) for name, shape, params, macs in count_alexnet()]


ANSWER = Answer(
    count_alexnet,
    (
        count_without_groups,
        count_with_groups_everywhere,
        count_with_one_layer_split,
        count_of_224,
        count_without_padding,
        count_of_the_lecture,
        count_at_the_input,
        count_of_one_flattened_channel,
        count_without_biases,
        count_with_biases_as_macs,
        count_with_biases_as_macs_of_dense_layers,
        count_without_biases_of_dense_layers,
        count_of_dense_layers_on_the_map,
        count_of_dense_layers_at_many_positions,
        count_with_weights_in_poolings,
        count_of_flops,
        count_channels_first,
    ),
)
