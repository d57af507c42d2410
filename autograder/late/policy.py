"""What handing in late costs: `late_policy.toml` in the course folder, and the penalty that follows from it.

    [default]                # for every lab that has a table of its own
    policy = "percent"       # "none", "zero" (nothing is left of the score), or "percent"
    percent_per_day = 10     # for each day begun, counted from the due date; a day is 24 hours
    of = "maximum"           # percent of the lab's maximum, the default, or of the "score" reached
    most_percent = 50        # never more than this; 100 if absent
    grace_hours = 2          # so late costs nothing; later counts from the due date all the same

    [lab03_googlenet]
    due = 2026-10-01T23:59:00+02:00
    most_percent = 30        # a lab's own words come before [default]'s

A lab without a table has no due date and no penalty. Without the file nothing is late.
"""

import difflib
import math
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.errors import GraderError

FILE = "late_policy.toml"
DAY = 86_400
HOUR = 3_600


@dataclass(frozen=True)
class LatePolicy:
    """The policy of one lab.

    Args:
        due: When it is due, in UTC without a time zone, as nbgrader keeps times.
        policy: `"none"`, `"zero"`, or `"percent"`.
        percent_per_day: Percent for each day begun.
        of: What they are percent of: `"maximum"` or `"score"`.
        most_percent: The most that is subtracted.
        grace_hours: Handed in so late or less, a lab is not late.
    """

    due: datetime
    policy: str
    percent_per_day: float = 0.0
    of: str = "maximum"
    most_percent: float = 100.0
    grace_hours: float = 0.0


def penalty(policy: LatePolicy, score: float, maximum: float, seconds_late: float) -> float:
    """Returns the points that are subtracted: never less than 0, never more than the score.

    Args:
        policy: The lab's policy.
        score: Points reached.
        maximum: Points that the lab is worth.
        seconds_late: From the due date to handing in; negative if it was early.
    """
    if seconds_late <= max(0.0, policy.grace_hours * HOUR):
        return 0.0
    points = _RULES[policy.policy](policy, score, maximum, math.ceil(seconds_late / DAY))
    return min(points, max(0.0, score))


def _percent(policy: LatePolicy, score: float, maximum: float, days: int) -> float:
    percent = min(policy.percent_per_day * days, policy.most_percent)
    return {"score": score, "maximum": maximum}[policy.of] * percent / 100


_RULES: dict[str, Callable[[LatePolicy, float, float, int], float]] = {
    "none": lambda policy, score, maximum, days: 0.0,
    "zero": lambda policy, score, maximum, days: score,
    "percent": _percent,
}


def policy_of(course: Course, lab: str) -> LatePolicy | None:
    """Returns the policy of a lab; `None` if the course's file has no table for it.

    Raises:
        GraderError: The file is not a late policy, or names a lab that does not exist.
    """
    policies = read_policies(course.root / FILE)
    known = {lab, *course.lab_names()}
    for name in policies:
        if name not in known:
            raise GraderError(f"{course.root / FILE}: there is no lab {name!r}{_near(name, sorted(known))}")
    return policies.get(lab)


def read_policies(path: Path) -> dict[str, LatePolicy]:
    """Reads a late policy; without the file there are none.

    Returns:
        The policy of each lab that has a table.

    Raises:
        GraderError: The file is not a late policy: what is wrong, and what would be right.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise GraderError(f"{path} cannot be read: {error}") from error
    try:
        return _policies(data)
    except ValueError as error:
        raise GraderError(f"{path}: {error}") from error


def _policies(data: Mapping[str, Any]) -> dict[str, LatePolicy]:
    for name, table in data.items():
        if not isinstance(table, dict):
            raise ValueError(f"{name!r} stands outside of a table; write it below [default] or [<lab>]")
        for key, value in table.items():
            _validate(name, key, value)
    default = data.get("default", {})
    if "due" in default:
        raise ValueError("[default] has a due; a due date belongs into the table of a lab")
    if "policy" in default:
        _refuse_ignored("default", default, default["policy"])
    tables = {name: table for name, table in data.items() if name != "default" and table}
    return {name: _policy(name, default, table) for name, table in tables.items()}


def _policy(name: str, default: Mapping[str, Any], table: Mapping[str, Any]) -> LatePolicy:
    values = {**default, **table}
    for key, example in (("due", "2026-10-01T23:59:00+02:00"), ("policy", '"percent"')):
        if key not in values:
            raise ValueError(f"[{name}] has no {key}; write: {key} = {example}")
    policy = values["policy"]
    _refuse_ignored(name, table, policy)
    if policy == "percent" and "percent_per_day" not in values:
        raise ValueError(
            f"[{name}] has the policy 'percent' and no percent_per_day; write: percent_per_day = 10"
        )
    due = values["due"].astimezone(UTC).replace(tzinfo=None)
    used = {key: values[key] for key in _APPLY[policy] if key in values}
    return LatePolicy(due, policy, **used)


_APPLY = {
    "none": (),
    "zero": ("grace_hours",),
    "percent": ("percent_per_day", "of", "most_percent", "grace_hours"),
}


def _refuse_ignored(name: str, table: Mapping[str, Any], policy: str) -> None:
    ignored = [key for key in table if key not in ("due", "policy", *_APPLY[policy])]
    if ignored:
        raise ValueError(f"[{name}] has {ignored[0]}, which the policy {policy!r} does not use; remove it")


def _is_number(value: object, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


_KEYS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "policy": (lambda v: isinstance(v, str) and v in _RULES, "'none', 'zero' or 'percent'"),
    "percent_per_day": (lambda v: _is_number(v, 100) and v > 0, "a number above 0, at most 100"),
    "of": (lambda v: isinstance(v, str) and v in ("maximum", "score"), "'maximum' or 'score'"),
    "most_percent": (lambda v: _is_number(v, 100), "a number from 0 to 100"),
    "grace_hours": (lambda v: _is_number(v, 24 * 365), "a number of hours, 0 or more"),
    "due": (
        lambda v: isinstance(v, datetime) and v.tzinfo is not None,
        "a date and time with its offset from UTC, without quotes: 2026-10-01T23:59:00+02:00",
    ),
}


def _validate(name: str, key: str, value: object) -> None:
    if key not in _KEYS:
        raise ValueError(f"[{name}] has an unknown key {key!r}{_near(key, _KEYS)}")
    accepts, expected = _KEYS[key]
    if not accepts(value):
        shown = value.isoformat() if isinstance(value, datetime) else repr(value)
        raise ValueError(f"[{name}] {key} is {shown}; expected {expected}")


def _near(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, known, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else f"; there are: {', '.join(known) or 'none'}"
