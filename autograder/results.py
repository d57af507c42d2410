"""What grading came to, per student: the record in course/results/<lab>.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograder.errors import GraderError

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
        peak_memory: Bytes of memory of all its processes together, as far as they are not shared.
        finished: When, in UTC, ISO 8601.
        grader: Version of the grader: changes with any file that marks can depend on.
        lab: Version of the lab, likewise.
    """

    isolation: str
    kernel: str
    seconds: float
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


def read_results(path: Path) -> Results:
    """Reads a record; an absent one is empty.

    Raises:
        GraderError: The file is not such a record.
    """
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {student: _result(entry) for student, entry in data.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise GraderError(f"{path} is damaged ({error}); delete it and grade again") from error


def write_results(path: Path, results: Results) -> None:
    """Writes a record, so that a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({student: asdict(results[student]) for student in sorted(results)}, indent=1)
    draft = path.with_suffix(".draft")
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(path)


def _result(entry: Mapping[str, Any]) -> Result:
    checks = {name: CheckResult(**check) for name, check in entry["checks"].items()}
    run = Run(**entry["run"]) if entry.get("run") else None
    late_penalty = entry.get("late_penalty", 0.0)
    return Result(entry["status"], tuple(entry["notes"]), checks, entry["total"], run, late_penalty)
