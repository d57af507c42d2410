"""What grading came to, per student."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["graded", "could not grade", "not readable"]


@dataclass(frozen=True)
class CheckResult:
    """One graded cell of one student.

    Args:
        points: Points given so far; `None` while nobody has.
        max: Points that the cell is worth.
        outcome: `"passed"`, `"failed"`, `"unjudged"`, or `"by hand"`.
        misconception: The wrong idea that was recognised.
        reason: Why there is no verdict.
    """

    points: float | None
    max: float
    outcome: str
    misconception: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Run:
    """How a submission was executed.

    Args:
        isolation: What stood between it and everything else: `"namespaces"`, `"bubblewrap"`, `"container"`,
            or `"none"`.
        kernel: `"warm"`, a copy of an interpreter that has TensorFlow loaded; or `"cold"`.
        seconds: From the start of its kernel to the end of its judging.
        cell_seconds: Of these, what its own cells took.
        peak_memory: Bytes of memory of all its processes together, as far as they are not shared.
        finished: When, in UTC, ISO 8601.
        grader: Version of the grader: changes with any file that marks can depend on.
        lab: Version of the lab, likewise.
    """

    isolation: str
    kernel: str
    seconds: float
    cell_seconds: float
    peak_memory: int
    finished: str
    grader: str
    lab: str


@dataclass(frozen=True)
class Result:
    """One student.

    Args:
        status: `"not readable"`: nothing was handed in that can be graded. `"could not grade"`: a fault of
            the grader's, so there is no total.
        notes: Sentences for the student: repairs, problems.
        checks: The graded cells in the order of the lab.
        total: Points so far, without those subtracted for being late; `None` unless graded.
        run: How it was executed; `None` if nothing was.
        late_penalty: Points subtracted for being late.
    """

    status: Status
    notes: tuple[str, ...] = ()
    checks: Mapping[str, CheckResult] = field(default_factory=dict)
    total: float | None = None
    run: Run | None = None
    late_penalty: float = 0.0

    @property
    def waiting(self) -> float:
        """Points that a person has yet to give."""
        return sum(c.max for c in self.checks.values() if c.points is None)


Results = dict[str, Result]


def to_json(result: Result) -> str:
    """Returns a result as JSON text."""
    checks = {name: vars(check) for name, check in result.checks.items()}
    return json.dumps({**vars(result), "checks": checks, "run": result.run and vars(result.run)})


def from_json(text: str) -> Result:
    """Reads what `to_json` gave.

    Raises:
        ValueError: It is something else.
    """
    try:
        entry: Mapping[str, Any] = json.loads(text)
        checks = {name: CheckResult(**check) for name, check in entry["checks"].items()}
        run = Run(**entry["run"]) if entry["run"] else None
        return Result(
            entry["status"], tuple(entry["notes"]), checks, entry["total"], run, entry["late_penalty"]
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a result: {error}") from error
