"""Reads what one student handed in, for a worker: the notebook's bytes, notes, and the time."""

import hashlib
import json
from pathlib import Path

from autograder.submissions.collect import Submission
from autograder.submissions.machine_faults import NoRights, machine_faults_told
from autograder.submissions.read_notebook import NotReadable, read_bytes
from autograder.submissions.timestamp import in_utc
from autograder.work import HandedIn

_TIME_LETTERS = 100


def read_submission(submission: Submission) -> HandedIn:
    """Reads a submission; one that cannot be read says why in its last note.

    Raises:
        MachineFault: This machine fails, whatever is read. What it has no rights to alone is a `fault`.
    """
    student, path = submission.student, submission.path
    notes = (submission.note,) if submission.note else ()
    if submission.fault:
        return HandedIn(student, fault=submission.fault)
    if path is None:
        return HandedIn(student, notes=(*notes, submission.problem))
    try:
        time = _time(submission.stamp) if submission.stamp else ""
        content = read_bytes(path)
    except NoRights as error:
        return HandedIn(student, path.name, fault=str(error))
    except NotReadable as error:
        return HandedIn(student, path.name, None, (*notes, str(error)), time)
    return HandedIn(student, path.name, content, notes, time)


def digest(one: HandedIn) -> str:
    """Returns the SHA-256 of all that was handed in: another one is another submission."""
    hashed = hashlib.sha256(one.content if one.content is not None else b"")
    hashed.update(json.dumps([one.file_name, one.notes, one.timestamp]).encode())
    return hashed.hexdigest()


def _time(stamp: Path) -> str:
    try:
        with machine_faults_told(stamp), stamp.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_TIME_LETTERS)
    except OSError as error:
        text = str(error.strerror)
    try:
        return in_utc(text)
    except (ValueError, OverflowError):  # the recorder tells the student
        return text
