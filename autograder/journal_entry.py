"""Lines of the journal: what is asked for, and where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Planned:
    """A submission that is to be graded.

    Args:
        student: The student.
        digest: SHA-256 of what was handed in.
        version: Of the lab and the grader: whatever else a mark depends on.
    """

    student: str
    digest: str
    version: str


@dataclass(frozen=True)
class Entry:
    """Where a submission stands.

    Args:
        student: The student.
        digest: See `Planned`.
        version: See `Planned`.
        state: `"queued"`, `"leased"`, `"done"` or `"could not grade"`.
        tries: How often it was started.
        failures: How often the grader failed on it.
        reason: Why it failed last.
        worker: Who has it, while it is leased.
        leased: Since when, in UTC, ISO 8601.
        recorded: Whether its outcome is in the gradebook.
    """

    student: str
    digest: str
    version: str
    state: str
    tries: int
    failures: int
    reason: str
    worker: str
    leased: str
    recorded: bool
