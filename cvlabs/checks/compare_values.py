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
        return _not_plain(task, case, got, wanted)
    path = _other_form(got["value"], wanted)
    if path is None:
        return None
    received, wanted = _at(got["value"], path), _at(wanted, path)
    what = _received(received, wanted)
    asked = _form(wanted) + _columns(task, path, expected["value"])
    if not path:
        return f"{call(task, case)} must return {asked}, got {what}."
    place = _place(task, path, got["value"], expected["value"])
    return f"In what {call(task, case)} returns, {place} must be {asked}, got {what}."


def _not_plain(task: Task, case: Case, got: Trial, wanted: Plain) -> str:
    what, path = got.get("got", "a model"), tuple(got.get("path", ()))
    asked = _form(wanted) + _columns(task, (), wanted)
    if not path:
        return f"{call(task, case)} must return {asked}, got {what}."
    place = _place(task, path, None, wanted)
    return f"{call(task, case)} must return {asked}. In yours, {place} is {what}."


def _form(wanted: Plain) -> str:
    """The form that is asked for; how many texts a list holds is part of the answer, not of its form."""
    return "a list of texts" if _is_texts(wanted) else form(wanted)


def _columns(task: Task, path: Path, expected: Plain) -> str:
    """Names the entries of a row, where a row or a whole table is asked for."""
    return f" ({', '.join(task.columns)})" if task.columns and len(path) <= _is_table(expected) else ""


def _received(received: Plain, wanted: Plain) -> str:
    """The form that was received, and what may have led to it."""
    if not isinstance(received, list):
        alone = isinstance(wanted, list) and len(wanted) == 1 and form(wanted[0]) == form(received)
        comma = f" (`({received},)`, with a comma, is a tuple of one entry)" * alone
        return f"{form(received)}, {value(received)}{comma}"
    if not isinstance(wanted, list):
        around = len(received) == 1 and form(received[0]) == form(wanted)
        return form(received) + (" (is there a comma at its end, or are there brackets around it?)" * around)
    if _is_table(wanted) and _is_table(received):
        return form(received) + _other_names(received, wanted)
    if _is_table(wanted) and len(received) == sum(map(len, wanted)):
        return form(received) + " (`append` adds a row; `+=` and `extend` add its entries)"
    flat = not any(isinstance(part, list) for part in (*received, *wanted))
    joined = flat and len(received) > len(wanted) > 1 and len(received) % len(wanted) == 0
    return form(received) + (" (`+` joins tuples and lists; it does not add their entries)" * joined)


def _other_names(received: list[list[Plain]], wanted: list[list[Plain]]) -> str:
    """The first entries of rows that are too many, where they are names."""
    names, right = ([row[0] for row in rows if row] for rows in (received, wanted))
    others = [name for name in names if isinstance(name, str) and name not in right]
    return f" (not asked for: {value(others)[1:-1]})" if others and len(others) < len(names) else ""


def _is_texts(plain: Plain) -> bool:
    return isinstance(plain, list) and all(isinstance(part, str) for part in plain)


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
    if _is_texts(got) and _is_texts(expected):
        return None
    if not isinstance(got, list) or not isinstance(expected, list):
        return None if form(got) == form(expected) else ()
    if len(got) != len(expected):
        return ()
    pairs = enumerate(zip(got, expected, strict=True))
    return next(((i, *path) for i, pair in pairs if (path := _other_form(*pair)) is not None), None)


def _other_value(got: Plain, expected: Plain, rtol: float) -> Path | None:
    """Where two values of one form first differ."""
    if isinstance(got, list) and isinstance(expected, list):
        if len(got) != len(expected):  # lists of texts
            return ()
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


def _place(task: Task, path: Path, got: Plain | None, expected: Plain) -> str:
    """Says where a path leads: "row 3 (conv2): params", "entry 2"; a row's name only where `got` is known."""
    index, *rest = path
    if not _is_table(expected):
        return ", ".join([_column(task, index), *(f"entry {i + 1}" for i in rest)])
    name = "" if got is None else _row_name(_at(got, path[:1]), _at(expected, path[:1]), rest)
    inside = [_column(task, rest[0]), *(f"entry {i + 1}" for i in rest[1:])] if rest else []
    return f"row {index + 1}{name}" + (f": {', '.join(inside)}" if inside else "")


def _row_name(row: Any, right: Any, rest: list[int]) -> str:
    has_name = isinstance(row, list) and len(row) > 1 and isinstance(row[0], str)
    named = has_name and row[0] == right[0] and rest[:1] != [0]
    return f" ({value(row[0])[1:-1]})" if named else ""


def _column(task: Task, index: int) -> str:
    return task.columns[index] if index < len(task.columns) else f"entry {index + 1}"
