"""The aspects of a check of a function of arrays: the shape of the array that it returns, and the values."""

from cvlabs.checks.compare_layers import difference
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.wording import call, shape


def has_shape(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The result is an array of the right shape."""
    if got["outcome"] != "array":
        return f"{call(task, case)} must return a tensor of numbers, got {got.get('got', 'something else')}."
    mine, right = got["output"].shape, expected["output"].shape
    if mine != right:
        return f"{call(task, case)} returned the shape {shape(mine)}, expected {shape(right)}."
    return None


def has_value(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The values of the array are the right ones."""
    amount = difference(case, got["output"], expected["output"])
    return None if amount is None else f"What {call(task, case)} returned is off {amount}."
