"""The numbers of a network under one convention: per call, per group of calls, in total."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cvlabs.cost.conventions import Convention
from cvlabs.cost.walk import Call, Shape


@dataclass(frozen=True)
class Row:
    """One call of a layer.

    Args:
        name: Name of the layer, behind those of the models around it.
        kind: Its class.
        input_shapes: What it reads, for one image, without the batch axis.
        output_shapes: What it makes.
        params: Parameters; those of a shared layer stand at its first call.
        bn_statistics: Running means and variances.
        macs: What the convention counts; `None`: listed, not counted.
        activation_bytes: Memory of its activations under the convention; `None` likewise.
        receptive_field: Pixels of the image that an output value depends on, per spatial axis; `None`: all of
            them, or places that cannot be told.
        stride: Pixels from one output value to the next; `None` where there is no next one.
    """

    name: str
    kind: str
    input_shapes: tuple[Shape, ...]
    output_shapes: tuple[Shape, ...]
    params: int
    bn_statistics: int
    macs: int | None
    activation_bytes: int | None
    receptive_field: tuple[int, ...] | None
    stride: tuple[Fraction, ...] | None


@dataclass(frozen=True)
class Group:
    """Several rows together: a stage, or the layers of one kind.

    Args:
        name: `"56×56"`, `"head"`, or the kind.
        layers: Number of calls.
        last: Name of the last of them.
        shape: Shape of its output, without the batch axis.
        params: Parameters.
        bn_statistics: Running means and variances.
        macs: What the convention counts.
        activation_bytes: Memory of activations under the convention.
    """

    name: str
    layers: int
    last: str
    shape: Shape
    params: int
    bn_statistics: int
    macs: int
    activation_bytes: int


@dataclass(frozen=True)
class Total:
    """The sums over a network, for one image.

    Args:
        params: Parameters, frozen or not; under the convention `keras` the statistics too.
        bn_statistics: Running means and variances.
        macs: What the convention counts: multiply-adds, or operations.
        activation_bytes: Memory of activations under the convention.
        peak_bytes: The most bytes of tensors that live at once at inference, whatever the convention.
        weight_bytes: Memory of parameters and statistics.
    """

    params: int
    bn_statistics: int
    macs: int
    activation_bytes: int
    peak_bytes: int
    weight_bytes: int


def row_of(call: Call, convention: Convention) -> Row:
    """Returns the row of one call."""
    reach = call.outputs[0].reach
    weights = call.weights
    return Row(
        name=call.name,
        kind=call.kind,
        input_shapes=tuple(x.shape for x in call.inputs),
        output_shapes=tuple(x.shape for x in call.outputs),
        params=weights.params + (weights.bn_statistics if convention.counts_statistics else 0),
        bn_statistics=weights.bn_statistics,
        macs=convention.operations(call),
        activation_bytes=convention.activation_bytes(call),
        receptive_field=reach.receptive_field,
        stride=reach.stride,
    )


def group_rows(rows: Sequence[Row], names: Sequence[str]) -> tuple[Group, ...]:
    """Gathers rows under their names, in the order in which the names come up."""
    groups: dict[str, list[Row]] = {}
    for row, name in zip(rows, names, strict=True):
        groups.setdefault(name, []).append(row)
    return tuple(
        Group(
            name=name,
            layers=len(found),
            last=found[-1].name,
            shape=found[-1].output_shapes[0],
            params=sum(row.params for row in found),
            bn_statistics=sum(row.bn_statistics for row in found),
            macs=sum(row.macs or 0 for row in found),
            activation_bytes=sum(row.activation_bytes or 0 for row in found),
        )
        for name, found in groups.items()
    )
