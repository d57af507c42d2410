"""What executing and judging one submission came to: everything of it that is recorded."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.results import Run, Status


@dataclass(frozen=True)
class Outcome:
    """The outcome of one submission: plain data, which travels between processes and machines.

    Args:
        student: The student.
        status: See `autograder.results.Result`.
        notes: Sentences for the student: repairs, problems.
        submitted: The notebook as it was executed, repaired and without outputs: JSON text; empty if none.
        autograded: The executed notebook with the judge's reports in place of evidence: JSON text; empty
            where nothing was executed. Its grade cells hold what `nbgrader.utils.determine_grade` reads, and
            the judge's verdict under `metadata.cvlabs`.
        evidence: What each check's cell left for the judge, by name of the check; kept for judging again.
        timestamp: When it was handed in, as its `timestamp.txt` says; empty if unknown.
        run: How it was executed; `None` if nothing was.
    """

    student: str
    status: Status
    notes: tuple[str, ...] = ()
    submitted: str = ""
    autograded: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)
    timestamp: str = ""
    run: Run | None = None


def pack(outcome: Outcome) -> bytes:
    """Returns an outcome as compressed JSON; a notebook shrinks to a fifth or less."""
    run = outcome.run and vars(outcome.run)
    text = json.dumps({**vars(outcome), "evidence": dict(outcome.evidence), "run": run})
    return zlib.compress(text.encode("ascii"), level=3)


def unpack(data: bytes) -> Outcome:
    """Reads what `pack` gave.

    Raises:
        ValueError: It is something else.
    """
    try:
        fields = json.loads(zlib.decompress(data))
        run = fields["run"] and Run(**fields["run"])
        return Outcome(**{**fields, "notes": tuple(fields["notes"]), "run": run})
    except (zlib.error, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not an outcome: {error}") from error
