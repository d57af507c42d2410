"""Judges again what submissions left when they were executed, after a check was mended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import nbformat

from autograder.course import Course, not_graded
from autograder.errors import GraderError
from autograder.export import current_results
from autograder.grade import prepare_lab
from autograder.gradebook.record import record_journal, recorder
from autograder.journal import Journal
from autograder.judging.client import JudgeClient, judge_client
from autograder.judging.judge import check_name, write_verdict
from autograder.judging.seeds import course_secret, seeds
from autograder.late.gradebook import late_penalty
from autograder.lock import grading_lock
from autograder.outcome import Outcome
from autograder.results import Results, Run
from autograder.similar_names import or_meant
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


@dataclass(frozen=True)
class Rejudged:
    """What judging again came to.

    Args:
        changes: The points that changed, by student and check.
        outdated: Students whose submissions were executed with another version of the lab: with other cases
            perhaps than are drawn now. They keep their marks until they are executed again.
    """

    changes: tuple[Change, ...]
    outdated: tuple[str, ...]


def rejudge(course: Course, lab: str, only: tuple[str, ...] = ()) -> Rejudged:
    """Judges every executed submission of a lab again, and records what it comes to now.

    Nothing is executed. What a run that was stopped had judged again is among the changes of the next one.

    Args:
        course: The course.
        lab: Name of the lab.
        only: Names of students; empty for all.

    Raises:
        GraderError: Nobody was graded yet, a name is unknown or gone from the gradebook, or another run is
            grading this course.
    """
    with grading_lock(course.root), Journal(course.journal) as journal:
        digests = {entry.student: entry.digest for entry in journal.entries(lab)}
        if not digests:
            raise not_graded(course, lab)
        strangers = sorted(set(only) - digests.keys())
        if strangers:
            names = ", ".join(or_meant(name, digests) for name in strangers)
            raise GraderError(f"there is no submission of {names} on record in {lab}")
        about, secret, client = prepare_lab(course, lab), course_secret(course.root), judge_client(course.log)
        late, outdated = late_penalty(course, lab), []
        with recorder(course, lab, late) as record:
            untold = _untold(course, lab, journal)
            now = record_journal(journal, lab, record)
        before = current_results(course, lab) | untold
        if gone := sorted(set(only) & journal.results(lab).keys() - before.keys()):
            raise GraderError(
                f"not in the gradebook any more: {', '.join(gone)}; python -m autograder grade {lab} --from "
                "FOLDER records them again"
            )
        for outcome in journal.outcomes(lab):
            if not outcome.autograded or (only and outcome.student not in only):
                continue
            if outcome.student not in before:
                continue  # somebody took this student out of the gradebook
            if outcome.run is None or outcome.run.lab != about.version:
                outdated.append(outcome.student)
                continue
            given = seeds(secret, outcome.student, lab, about.checks)
            journal.done(lab, _judged(outcome, about, given, client), digests[outcome.student])
        with recorder(course, lab, late, same_answers=True) as record:
            now |= record_journal(journal, lab, record)
    return Rejudged(tuple(_changes(before, now)), tuple(outdated))


def _untold(course: Course, lab: str, journal: Journal) -> Results:
    """Returns the marks, as they stand, of those whom a run judged again that was stopped before recording.

    What is on record of them is of the same execution; of others whose outcomes wait, of an earlier one.
    """
    on_record = journal.results(lab)
    waiting = {outcome.student: outcome.run for outcome in journal.unrecorded(lab)}
    students = [s for s, run in waiting.items() if s in on_record and _are_one(run, on_record[s].run)]
    standing = current_results(course, lab) if students else {}
    return {student: standing[student] for student in students}


def _are_one(one: Run | None, other: Run | None) -> bool:
    """Whether two runs are the same execution, whichever version of the grader judged it."""
    return one is not None and other is not None and replace(one, grader=other.grader) == other


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
