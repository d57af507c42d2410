"""Lab 2, two networks side by side: the right answer and the misconceptions."""

import math
from collections.abc import Callable

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.tables_lab02 import Row, Table

Ratios = tuple[float, float, float]
Amount = Callable[[Row], float]


def memory(row: Row) -> int:
    """Bytes of a convolution's output, as float32; a dense layer counts nothing."""
    shape = row[1]
    return 4 * math.prod(shape) if len(shape) == 3 else 0


def params(row: Row) -> int:
    """Weights of a layer."""
    return row[2]


def macs(row: Row) -> int:
    """Multiply-adds of a layer."""
    return row[3]


def total(amount: Amount, table: Table) -> float:
    """Sums an amount over the rows of a table."""
    return sum(amount(row) for row in table)


def _ratios(a: Table, b: Table, *amounts: Amount) -> Ratios:
    first, second, third = (total(amount, b) / total(amount, a) for amount in amounts)
    return first, second, third


def compare_costs(a: Table, b: Table) -> Ratios:
    """How many times the memory, the weights and the multiply-adds of `a` the network `b` has."""
    return _ratios(a, b, memory, params, macs)


def compare_upside_down(a: Table, b: Table) -> Ratios:
    """You divided the wrong way round: 25× says that the *second* network needs 25 times as much."""
    return _ratios(b, a, memory, params, macs)


def compare_with_dense_outputs(a: Table, b: Table) -> Ratios:
    """Your memory counts the outputs of the dense layers. The lecture's counts those of convolutions only."""
    return _ratios(a, b, lambda row: math.prod(row[1]), params, macs)


def compare_positions(a: Table, b: Table) -> Ratios:
    """Your memory counts the positions of the maps. Each position holds a value for every channel."""
    return _ratios(a, b, lambda row: row[1][0] * row[1][1] if len(row[1]) == 3 else 0, params, macs)


def compare_with_weights_in_memory(a: Table, b: Table) -> Ratios:
    """Your memory holds the weights as well. It is the memory of the convolutions' outputs."""
    return _ratios(a, b, lambda row: memory(row) + 4 * params(row), params, macs)


def compare_largest_maps(a: Table, b: Table) -> Ratios:
    """You compared the largest maps. All outputs are kept, for the backward pass: add them up."""
    largest = max(map(memory, b)) / max(map(memory, a))
    return (largest, *compare_costs(a, b)[1:])


def compare_convolutions_only(a: Table, b: Table) -> Ratios:
    """You left the dense layers out everywhere. They hold no feature maps, but most of the weights."""
    rows = [[row for row in table if len(row[1]) == 3] for table in (a, b)]
    return compare_costs(*rows)


def compare_in_another_order(a: Table, b: Table) -> Ratios:
    """Your three ratios are right, in another order: memory, parameters, multiply-adds."""
    return _ratios(a, b, params, macs, memory)


def compare_macs_before_params(a: Table, b: Table) -> Ratios:
    """Your three ratios are right, in another order: the parameters come before the multiply-adds."""
    return _ratios(a, b, memory, macs, params)


def compare_averages(a: Table, b: Table) -> Ratios:
    """You compared what an average layer costs. The networks have different numbers of layers: compare
    totals.
    """
    first, second, third = (ratio * len(a) / len(b) for ratio in compare_costs(a, b))
    return first, second, third


def compare_differences(a: Table, b: Table) -> Ratios:
    """You say how much *more* the second network needs. Twice as much is a ratio of 2, not of 1."""
    first, second, third = (ratio - 1 for ratio in compare_costs(a, b))
    return first, second, third


def compare_rounded_totals(a: Table, b: Table) -> Ratios:
    """You rounded the totals before you divided, as the lecture's slide does. Round at the very end, if at
    all.
    """

    def printed(table: Table) -> tuple[float, float, float]:
        sums = [total(amount, table) for amount in (memory, params, macs)]
        return round(sums[0] / 2**20, 1), round(sums[1] / 1e6), round(sums[2] / 1e9, 1)

    first, second, third = (y / x for x, y in zip(printed(a), printed(b), strict=True))
    return first, second, third


def compare_rounded_ratios(a: Table, b: Table) -> Ratios:
    """You rounded the ratios. Return them as they are; rounding is for printing."""
    first, second, third = (float(round(ratio, 1)) for ratio in compare_costs(a, b))
    return first, second, third


def compare_ratios_of_two_digits(a: Table, b: Table) -> Ratios:
    """You rounded the ratios. Return them as they are; rounding is for printing."""
    first, second, third = (float(round(ratio, 2)) for ratio in compare_costs(a, b))
    return first, second, third


ANSWER = Answer(
    compare_costs,
    (
        compare_upside_down,
        compare_with_dense_outputs,
        compare_positions,
        compare_with_weights_in_memory,
        compare_largest_maps,
        compare_convolutions_only,
        compare_in_another_order,
        compare_macs_before_params,
        compare_averages,
        compare_differences,
        compare_rounded_totals,
        compare_rounded_ratios,
        compare_ratios_of_two_digits,
    ),
)
