"""Lab 2, the layer that a published total leaves out: the right answer and the misconceptions."""

import math
from collections.abc import Callable

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab02_comparison import macs, memory, total
from cvlabs.checks.tables_lab02 import Row, Table

Printed = tuple[float, float]
"""Multiply-adds in 10⁹ and memory in MiB, both with one decimal."""
Fits = Callable[[Table], bool]

GIGA, MEBI = 1e9, 2**20


def printed(rows: Table) -> Printed:
    """Both totals, as they would be printed."""
    return round(total(macs, rows) / GIGA, 1), round(total(memory, rows) / MEBI, 1)


def _without(layers: Table, i: int) -> Table:
    return layers[:i] + layers[i + 1 :]


def _candidates(layers: Table, fits: Fits) -> list[str]:
    """The layers without which the totals fit; none if they fit as they are."""
    if fits(layers):
        return []
    return [row[0] for i, row in enumerate(layers) if fits(_without(layers, i))]


def find_omitted_layer(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """The names of all layers without which both totals are the published ones."""
    return _candidates(layers, lambda rows: printed(rows) == (published_macs, published_memory))


def omitted_by_macs(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You looked at the multiply-adds only. Halving the map and doubling the channels leaves them unchanged,
    so they cannot tell one stage from another. What can?
    """
    return _candidates(layers, lambda rows: printed(rows)[0] == published_macs)


def omitted_by_memory(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You looked at the memory only. All layers of a stage have outputs of the same size; what tells the
    first of them from the others?
    """
    return _candidates(layers, lambda rows: printed(rows)[1] == published_memory)


def omitted_by_either(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """Your layers explain one of the two totals. The right ones explain both."""
    return _candidates(
        layers, lambda rows: printed(rows)[0] == published_macs or printed(rows)[1] == published_memory
    )


def omitted_from_a_complete_total(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You name a layer although the published totals are complete. Compare the whole table first: small
    layers disappear in the rounding, so leaving them out always "fits".
    """
    fits = (published_macs, published_memory)
    return [row[0] for i, row in enumerate(layers) if printed(_without(layers, i)) == fits]


def omitted_first_of_equals(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You stop at the first layer that fits. Another one may fit as well, and the numbers cannot tell them
    apart: name them all.
    """
    return find_omitted_layer(published_macs, published_memory, layers)[:1]


def omitted_last_of_equals(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You keep only the last layer that fits. Another one may fit as well, and the numbers cannot tell them
    apart: name them all.
    """
    return find_omitted_layer(published_macs, published_memory, layers)[-1:]


def omitted_nearest(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You take the layers that come nearest. If no layer explains both totals, the right answer is an empty
    list.
    """
    if printed(layers) == (published_macs, published_memory):
        return []

    def distance(i: int) -> float:
        got = printed(_without(layers, i))
        return round(abs(got[0] - published_macs) + abs(got[1] - published_memory), 3)

    least = min(map(distance, range(len(layers))))
    return [row[0] for i, row in enumerate(layers) if distance(i) == least]


def omitted_by_rounded_parts(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You rounded the cost of a layer and looked for it in the gap. Two roundings do not match: leave the
    layer out of the sum, and round the sum.
    """
    gap = (
        round(total(macs, layers) / GIGA - published_macs, 1),
        round(total(memory, layers) / MEBI - published_memory, 1),
    )
    return [row[0] for row in layers if gap != (0, 0) and printed([row]) == gap]


def omitted_never(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """Your function finds nothing in any table. Compare the units: billions of multiply-adds, MiB, four bytes
    for each value; compare totals as they are printed, rounded to one decimal; and leave out one layer at a
    time, with all others in the sum.
    """
    return []


def omitted_by_megabytes(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """Your memory is in megabytes of 10⁶ bytes. The published one is in MiB, of 2²⁰ bytes each."""

    def fits(rows: Table) -> bool:
        megabytes = round(total(memory, rows) / 1e6, 1)
        return (printed(rows)[0], megabytes) == (published_macs, published_memory)

    return _candidates(layers, fits)


def omitted_by_truncated_totals(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You cut the totals off after one decimal. The published ones are rounded: 13.68 is printed as 13.7."""

    def fits(rows: Table) -> bool:
        totals = total(macs, rows) / GIGA, total(memory, rows) / MEBI
        return tuple(math.floor(10 * amount) / 10 for amount in totals) == (published_macs, published_memory)

    return _candidates(layers, fits)


def omitted_with_dense_outputs(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """Your memory counts the outputs of the dense layers. The published one counts those of convolutions."""

    def values(row: Row) -> float:
        return 4 * math.prod(row[1])

    def fits(rows: Table) -> bool:
        return printed(rows)[0] == published_macs and round(total(values, rows) / MEBI, 1) == published_memory

    return _candidates(layers, fits)


def omitted_convolution(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You looked at convolutions only. A dense layer can be forgotten, too."""
    found = find_omitted_layer(published_macs, published_memory, layers)
    return [name for name in found if len(next(row[1] for row in layers if row[0] == name)) == 3]


def omitted_but_the_last(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You do not try the last layer of the table. How far does your loop go?"""
    found = find_omitted_layer(published_macs, published_memory, layers)
    return [name for name in found if name != layers[-1][0]]


def omitted_but_the_first(published_macs: float, published_memory: float, layers: Table) -> list[str]:
    """You do not try the first layer of the table. Where does your loop begin?"""
    found = find_omitted_layer(published_macs, published_memory, layers)
    return [name for name in found if name != layers[0][0]]


ANSWER = Answer(
    find_omitted_layer,
    (
        omitted_never,
        omitted_by_macs,
        omitted_by_memory,
        omitted_by_either,
        omitted_from_a_complete_total,
        omitted_first_of_equals,
        omitted_last_of_equals,
        omitted_nearest,
        omitted_by_rounded_parts,
        omitted_by_megabytes,
        omitted_by_truncated_totals,
        omitted_with_dense_outputs,
        omitted_convolution,
        omitted_but_the_last,
        omitted_but_the_first,
    ),
)
