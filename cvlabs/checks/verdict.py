"""The outcome of a check, and what each of its aspects came to."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "unjudged"]
State = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True)
class Aspect:
    """One thing that a check looks at. `detail` says what was got and, where it may, what was expected."""

    name: str
    title: str
    state: State
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a check says of an answer.

    Args:
        check: Name of the check.
        outcome: `"unjudged"` is a fault of the check or of the machine, never of the student, and never
            costs points.
        aspects: In the order of judging; the first that failed decides the hint.
        hint: Which idea to reconsider; the reason if unjudged; empty if passed.
        misconception: Name of the known wrong idea that the answer equals exactly, if there is one.
    """

    check: str
    outcome: Outcome
    aspects: tuple[Aspect, ...] = ()
    hint: str = ""
    misconception: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.outcome == "passed"
