"""Grades a class: one student after the other, each failure contained and recorded.

Results are recorded after every student, so a run that was killed has lost at most the student it was at.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde

from autograder import build
from autograder.collect import Submission, collect
from autograder.course import Course
from autograder.errors import GraderError
from autograder.gradebook import read_grades, settled
from autograder.journal import Journal, Planned
from autograder.judge_client import judge_client
from autograder.lock import grading_lock
from autograder.nbgrader_run import run_converter
from autograder.outcome import Outcome
from autograder.read_notebook import NotReadable, read_notebook
from autograder.repair import repair, with_notes
from autograder.results import Result, Results

Progress = Callable[[str], None]


def grade(course: Course, lab: str, folder: Path, progress: Progress = lambda line: None) -> Results:
    """Grades every submission to a lab found in `folder`.

    Args:
        course: The course.
        lab: Name of the lab.
        folder: See `collect`.
        progress: Called with one line per student.

    Returns:
        The results of these students. Those of others, from earlier runs, stay on record.

    Raises:
        GraderError: The folder, the lab or the record cannot be used at all.
    """
    with (
        collect(folder, lab) as submissions,
        grading_lock(course.root),
        Journal(course.journal) as journal,
    ):
        judge_client(course.log).start()  # it loads Keras while the lab is built and the first kernel starts
        release = _release(course, lab)
        done: Results = {}
        for number, submission in enumerate(submissions, 1):
            result = _grade_one(course, lab, submission, release)
            done[submission.student] = result
            _keep(journal, lab, submission.student, result)
            progress(_line(number, len(submissions), submission.student, result))
    return done


def _keep(journal: Journal, lab: str, student: str, result: Result) -> None:
    with journal.transaction():
        journal.plan(lab, [Planned(student, "", "")], again={student})
        journal.done(lab, Outcome(student, result.status, result.notes), "")
        journal.recorded(lab, {student: result})


def _release(course: Course, lab: str) -> NotebookNode:
    folder = build.build_course(course, lab, build.known_checks())
    return nbformat.read(folder / f"{lab}.ipynb", as_version=4)


def _grade_one(course: Course, lab: str, submission: Submission, release: NotebookNode) -> Result:
    student = submission.student
    notes = [submission.note] if submission.note else []
    try:
        if submission.path is None:
            return Result("not readable", (submission.problem,))
        try:
            notebook, mended = read_notebook(submission.path)
            notebook, repairs = repair(notebook, release)
        except NotReadable as error:
            return Result("not readable", (*notes, str(error)))
        notes += [*mended, *repairs]
        _submit(course, lab, student, submission.path, with_notes(notebook, notes))
        run_converter(Autograde, course, lab, student)
        return settled(Result("graded", tuple(notes)), read_grades(course, lab, student))
    except GraderError as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001  one student's trouble must not become the class's
        reason = f"{type(error).__name__}: {error}"
    return Result("could not grade", (*notes, f"The grader failed, which costs no points: {reason}"))


def _submit(course: Course, lab: str, student: str, original: Path, notebook: NotebookNode) -> None:
    """Puts the repaired notebook where nbgrader looks for it, with its time of submission if there is one."""
    target = course.notebook("submitted", lab, student)
    stamp = original.with_name("timestamp.txt")
    is_file = stamp.is_file() and not stamp.is_symlink()
    time = stamp.read_text(errors="replace")[:100] if is_file else None
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)
    if time is not None:
        target.with_name("timestamp.txt").write_text(time)


def _line(number: int, count: int, student: str, result: Result) -> str:
    most = sum(check.max for check in result.checks.values())
    points = "" if result.total is None else f" {result.total:g} of {most:g} points"
    more = f" ({result.waiting:g} by hand)" if result.total is not None and result.waiting else ""
    count_of_notes = f" [{len(result.notes)} note{'s' if len(result.notes) > 1 else ''}]"
    notes = count_of_notes if result.notes and result.status == "graded" else ""
    why = f": {result.notes[-1]}" if result.notes and result.status != "graded" else ""
    return f"[{number}/{count}] {student}: {result.status}{points}{more}{notes}{why}"
