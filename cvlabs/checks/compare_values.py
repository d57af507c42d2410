"""The aspects of a check of a function of plain data: the form of what it returns, and the values."""

import math
from typing import Any

from cvlabs.checks.plain import Plain
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.wording import call, form, value

Path = tuple[int, ...]
"""Where in nested lists something stands: the index in each list on the way."""

RTOL = 1e-6  # where the reference gives a float; integers and texts are compared exactly
ATOL = 1e-12  # where that float is 0
SHORT = 6  # entries of a list that is shown whole


def has_form(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The result is made of numbers, texts and lists as it should be."""
    wanted = expected["value"]
    if got["outcome"] != "value":
        return f"{call(task, case)} must return {form(wanted)}, got {got.get('got', 'a model')}."
    path = _other_form(got["value"], wanted)
    if path is None:
        return None
    received, wanted = _at(got["value"], path), _at(wanted, path)
    what = form(received) if isinstance(received, list) else f"{form(received)}, {value(received)}"
    if not path:
        return f"{call(task, case)} must return {form(wanted)}, got {what}."
    place = _place(task, path, got["value"], expected["value"])
    return f"In what {call(task, case)} returns, {place} must be {form(wanted)}, got {what}."


def has_value(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The result's numbers and texts are the right ones."""
    rtol = RTOL if case.tolerance is None else case.tolerance
    path = _other_value(got["value"], expected["value"], rtol)
    if path is None:
        return None
    path = _shown(task, path, expected["value"])
    received, wanted = _at(got["value"], path), _at(expected["value"], path)
    right = f"expected {value(wanted)}" if reveal else "which is not right"
    if not path:
        return f"{call(task, case)} returned {value(received)}, {right}."
    place = _place(task, path, got["value"], expected["value"])
    return f"In what {call(task, case)} returns, {place} is {value(received)}, {right}."


def _other_form(got: Plain, expected: Plain) -> Path | None:
    """Where the forms first differ; the whole where not even the numbers of entries agree."""
    if not isinstance(got, list) or not isinstance(expected, list):
        return None if form(got) == form(expected) else ()
    if len(got) != len(expected):
        return ()
    pairs = enumerate(zip(got, expected, strict=True))
    return next(((i, *path) for i, pair in pairs if (path := _other_form(*pair)) is not None), None)


def _other_value(got: Plain, expected: Plain, rtol: float) -> Path | None:
    """Where two values of one form first differ."""
    if isinstance(got, list) and isinstance(expected, list):
        pairs = enumerate(zip(got, expected, strict=True))
        return next(
            ((i, *path) for i, pair in pairs if (path := _other_value(*pair, rtol)) is not None), None
        )
    if isinstance(expected, float) and isinstance(got, int | float):
        return None if math.isclose(got, expected, rel_tol=rtol, abs_tol=ATOL) else ()
    return None if got == expected else ()


def _at(plain: Plain, path: Path) -> Any:
    for index in path:
        plain = plain[index]  # type: ignore[index]
    return plain


def _shown(task: Task, path: Path, expected: Plain) -> Path:
    """Cuts a path where the list around is short enough to be read whole; a row of a table never is."""
    start = 2 if _is_table(expected) else bool(task.columns)
    for depth in range(start, len(path)):
        around = _at(expected, path[:depth])
        if len(around) <= SHORT and not any(isinstance(part, list) for part in around):
            return path[:depth]
    return path


def _is_table(plain: Plain) -> bool:
    return isinstance(plain, list) and bool(plain) and all(isinstance(row, list) for row in plain)


def _place(task: Task, path: Path, got: Plain, expected: Plain) -> str:
    """Says where a path leads: "row 3 (conv2): params", "entry 2"."""
    index, *rest = path
    if not _is_table(expected):
        return ", ".join([_column(task, index), *(f"entry {i + 1}" for i in rest)])
    row, right = _at(got, path[:1]), _at(expected, path[:1])
    has_name = isinstance(row, list) and len(row) > 1 and isinstance(row[0], str)
    named = has_name and row[0] == right[0] and rest[:1] != [0]
    name = f" ({value(row[0])[1:-1]})" if named else ""
    inside = [_column(task, rest[0]), *(f"entry {i + 1}" for i in rest[1:])] if rest else []
    return f"row {index + 1}{name}" + (f": {', '.join(inside)}" if inside else "")


def _column(task: Task, index: int) -> str:
    return task.columns[index] if index < len(task.columns) else f"entry {index + 1}"
