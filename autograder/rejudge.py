"""Judges again what submissions left when they were executed, after a check was mended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import nbformat

from autograder.course import Course
from autograder.errors import GraderError
from autograder.grade import read_lab
from autograder.journal import Journal
from autograder.judge import check_name, write_verdict
from autograder.judge_client import JudgeClient, judge_client
from autograder.late_gradebook import late_penalty
from autograder.lock import grading_lock
from autograder.outcome import Outcome
from autograder.record import record_journal, recorder
from autograder.results import Results
from autograder.seeds import course_secret, seeds
from autograder.work import Lab


@dataclass(frozen=True)
class Change:
    """Points that are others now.

    Args:
        student: The student.
        check: The check.
        before: Points; `None` if there was no verdict.
        now: Likewise.
    """

    student: str
    check: str
    before: float | None
    now: float | None

    def line(self) -> str:
        """Returns the change as a line of a table."""
        before, now = ("?" if points is None else f"{points:g}" for points in (self.before, self.now))
        return f"{self.student:24} {self.check:28} {before:>5} -> {now:>5}"


def rejudge(course: Course, lab: str, only: tuple[str, ...] = ()) -> list[Change]:
    """Judges every executed submission of a lab again, and records what it comes to now.

    Args:
        course: The course.
        lab: Name of the lab.
        only: Names of students; empty for all.

    Returns:
        The points that changed, by student and check.

    Raises:
        GraderError: Nobody was graded yet, or another run is grading this course.
    """
    with grading_lock(course.root), Journal(course.journal) as journal:
        before = journal.results(lab)
        if not before:
            raise GraderError(
                f"nobody was graded in {lab} yet; run: python -m autograder grade {lab} --from FOLDER"
            )
        about, secret, client = read_lab(course, lab), course_secret(course.root), judge_client(course.log)
        digests = {entry.student: entry.digest for entry in journal.entries(lab)}
        with recorder(course, lab, late=late_penalty(course, lab)) as record:
            record_journal(journal, lab, record)
            for outcome in journal.outcomes(lab):
                if outcome.autograded and (not only or outcome.student in only):
                    given = seeds(secret, outcome.student, lab, about.checks)
                    journal.done(lab, _judged(outcome, about, given, client), digests[outcome.student])
            now = record_journal(journal, lab, record)
    return _changes(before, now)


def _judged(outcome: Outcome, lab: Lab, given: Mapping[str, str], client: JudgeClient) -> Outcome:
    notebook = nbformat.reads(outcome.autograded, as_version=4)
    for cell in notebook.cells:
        name = check_name(cell, lab.checks)
        left: Any = outcome.evidence.get(name) if name else None
        if name and left is not None:
            answer = client.ask(lab=lab.name, name=name, seed=given[name], points=lab.checks[name], **left)
            write_verdict(cell, name, answer)
    run = outcome.run and replace(outcome.run, grader=lab.grader)
    return replace(outcome, autograded=nbformat.writes(notebook), run=run)


def _changes(before: Results, now: Results) -> list[Change]:
    found = []
    for student, result in sorted(now.items()):
        old = before[student].checks
        for name, check in result.checks.items():
            points = old[name].points if name in old else None
            if points != check.points:
                found.append(Change(student, name, points, check.points))
    return found
