"""The short markers of a lab's source, and the nbgrader cells that they stand for.

# %% solution="stem"                         the student writes this cell
# %% grade="stem" points=3                   check("stem", stem): judged by the check of that name
# %% grade="stem_runs" points=1              any other code: plain asserts, graded the nbgrader way
# %% [markdown] answer="why" points=2        a written answer, graded by hand
# %% locked="setup"                          read-only
"""

import re
from collections.abc import Mapping
from typing import Any

from autograder.errors import GraderError

CHECK_PREFIX = "check_"
_KINDS = ("solution", "grade", "answer", "locked")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_CHECK = re.compile(r'check\("(?P<name>\w+)", (?P=name)\)')


def nbgrader_metadata(
    cell_type: str, marker: Mapping[str, Any], source: str, checks: Mapping[str, float]
) -> dict[str, Any] | None:
    """Translates a cell's marker.

    Args:
        cell_type: `"code"` or `"markdown"`.
        marker: What stands after `# %%`.
        source: The cell's text.
        checks: The checks of the lab and what each is worth.

    Returns:
        nbgrader's metadata (schema 3), or `None` for a cell that nbgrader does not care about.

    Raises:
        GraderError: The marker is not one of those above, or does not fit its cell.
    """
    unknown = sorted(set(marker) - {*_KINDS, "points"})
    if unknown:
        raise GraderError(f"unknown marker {unknown[0]!r}; expected one of: {', '.join((*_KINDS, 'points'))}")
    kinds = [kind for kind in _KINDS if kind in marker]
    if len(kinds) > 1:
        raise GraderError(f"a cell is {' or '.join(kinds)}, not both")
    if not kinds:
        if "points" in marker:
            raise GraderError('points without grade="…" or answer="…"')
        return None
    kind = kinds[0]
    name = marker[kind]
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise GraderError(f'{kind}="…" must be a name of letters, digits, _ and -, got {name!r}')
    if (cell_type == "markdown") != (kind == "answer") and kind != "locked":
        raise GraderError(f"{kind}={name!r} stands on a {cell_type} cell")
    points = _points(kind, name, marker)
    if kind == "solution":
        _require_region(name, source)
    if kind == "grade":
        name = _grade_id(name, source, points, checks)
    return _schema3(kind, name, points)


def _points(kind: str, name: str, marker: Mapping[str, Any]) -> float | int:
    points = marker.get("points")
    if kind not in ("grade", "answer"):
        if points is not None:
            raise GraderError(f"{kind}={name!r} takes no points; they stand on the grade or answer cell")
        return 0
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points < 1000:
        raise GraderError(f"{kind}={name!r} needs points=N with N above 0, got {points!r}")
    return points


def _require_region(name: str, source: str) -> None:
    begins, ends = source.find("### BEGIN SOLUTION"), source.find("### END SOLUTION")
    if not 0 <= begins < ends:
        raise GraderError(f"solution={name!r} needs ### BEGIN SOLUTION and, below it, ### END SOLUTION")


def _grade_id(name: str, source: str, points: float, checks: Mapping[str, float]) -> str:
    """`check_<name>` where the cell calls a check, `test_<name>` where it asserts something itself."""
    match = _CHECK.fullmatch(source.strip())
    if match is None:
        if re.search(r"\bcheck\(", source):
            raise GraderError(f'grade={name!r}: a cell that checks must be exactly check("{name}", {name})')
        return f"test_{name}"
    if match["name"] != name:
        raise GraderError(f"grade={name!r} stands on a cell that checks {match['name']!r}")
    if name not in checks:
        raise GraderError(f"grade={name!r}: cvlabs.checks has no check of that name for this lab")
    if checks[name] != points:
        raise GraderError(f"grade={name!r} gives {points} points; cvlabs.checks says {checks[name]}")
    return CHECK_PREFIX + name


def _schema3(kind: str, name: str, points: float) -> dict[str, Any]:
    graded = kind in ("grade", "answer")
    metadata: dict[str, Any] = {
        "grade": graded,
        "grade_id": name,
        "locked": kind in ("grade", "locked"),
        "schema_version": 3,
        "solution": kind in ("solution", "answer"),
        "task": False,
    }
    return metadata | {"points": points} if graded else metadata
