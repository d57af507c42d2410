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
        submitted: The notebook as it was executed, repaired and without outputs: JSON text; empty if none, or
            where nbgrader's `submitted/` has what was handed in, which nothing is to replace.
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


_NOTEBOOKS = ("submitted", "autograded")


def pack(outcome: Outcome) -> bytes:
    """Returns an outcome as compressed bytes: a line of JSON, then the notebooks as they are."""
    texts = [getattr(outcome, name).encode("utf-8", "surrogatepass") for name in _NOTEBOOKS]
    run = outcome.run and vars(outcome.run)
    fields = {**vars(outcome), "evidence": dict(outcome.evidence), "run": run}
    fields |= dict(zip(_NOTEBOOKS, map(len, texts), strict=True))
    return zlib.compress(b"".join([json.dumps(fields).encode(), b"\n", *texts]), level=1)


def unpack(data: bytes) -> Outcome:
    """Reads what `pack` gave.

    Raises:
        ValueError: It is something else.
    """
    try:
        head, _, rest = zlib.decompress(data).partition(b"\n")
        fields = json.loads(head)
        fields |= {"notes": tuple(fields["notes"]), "run": fields["run"] and Run(**fields["run"])}
        for name in _NOTEBOOKS:
            size = fields[name]
            fields[name], rest = rest[:size].decode("utf-8", "surrogatepass"), rest[size:]
        return Outcome(**fields)
    except (zlib.error, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not an outcome: {error}") from error
