"""Reads what one student handed in, for a worker: the notebook's bytes, notes, and the time."""

import hashlib
import json
from pathlib import Path

from autograder.collect import Submission
from autograder.read_notebook import NotReadable, read_bytes
from autograder.timestamp import in_utc
from autograder.work import HandedIn

_TIME_LETTERS = 100


def read_submission(submission: Submission) -> HandedIn:
    """Reads a submission; one that cannot be read says why in its last note."""
    notes = (submission.note,) if submission.note else ()
    path = submission.path
    if path is None:
        return HandedIn(submission.student, notes=(*notes, submission.problem))
    time = _time(submission.stamp) if submission.stamp else ""
    try:
        content = read_bytes(path)
    except NotReadable as error:
        return HandedIn(submission.student, path.name, None, (*notes, str(error)), time)
    return HandedIn(submission.student, path.name, content, notes, time)


def digest(one: HandedIn) -> str:
    """Returns the SHA-256 of all that was handed in: another one is another submission."""
    hashed = hashlib.sha256(one.content if one.content is not None else b"")
    hashed.update(json.dumps([one.file_name, one.notes, one.timestamp]).encode())
    return hashed.hexdigest()


def _time(stamp: Path) -> str:
    try:
        with stamp.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_TIME_LETTERS)
    except OSError as error:
        text = str(error.strerror)
    try:
        return in_utc(text)
    except (ValueError, OverflowError):  # the recorder tells the student
        return text
