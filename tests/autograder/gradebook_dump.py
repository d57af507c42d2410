"""Everything that a gradebook holds on submissions, without the random keys."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

QUERIES = (
    "name",
    "score",
    "max_score",
    "code_score",
    "written_score",
    "needs_manual_grade",
    "failed_tests",
    "flagged",
)


def dump(database: str, lab: str) -> dict[str, Any]:
    """Returns the rows of submissions, grades, comments, and the scores as nbgrader's queries report them."""
    with Gradebook(database) as gradebook:
        students = [(s.id, s.first_name, s.last_name, s.email, s.score) for s in gradebook.students]
        rows = {s.student_id: _submission(s) for s in gradebook.assignment_submissions(lab)}
        listed = gradebook.submission_dicts(lab) + gradebook.notebook_submission_dicts(lab, lab)
        listed += gradebook.student_dicts()
        average = gradebook.average_assignment_score(lab)
    for row in listed:
        if "student" in row:  # else the id is the student's name
            del row["id"]
    return {
        "students": sorted(students),
        "rows": rows,
        "listed": sorted(listed, key=repr),
        "average": average,
    }


def raw_rows(path: Path) -> set[tuple[Any, ...]]:
    """Returns the rows of a SQLite gradebook, joined: quicker, to be compared with each other only."""
    with closing(sqlite3.connect(path)) as db:
        return {row for query in _RAW for row in db.execute(query)}


_SUBMISSION = (
    "submitted_notebook AS n JOIN submitted_assignment AS s ON s.id = n.assignment_id JOIN assignment AS a"
    " ON a.id = s.assignment_id"
)
_RAW = (
    "SELECT 'student', id, first_name, last_name, email FROM student",
    "SELECT 'submission', a.name, s.student_id, s.timestamp, s.extension, n.flagged,"
    f" n.late_submission_penalty FROM {_SUBMISSION}",
    "SELECT 'grade', a.name, s.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit,"
    f" g.needs_manual_grade FROM {_SUBMISSION} JOIN grade AS g ON g.notebook_id = n.id"
    " JOIN base_cell AS c ON c.id = g.cell_id",
    "SELECT 'comment', a.name, s.student_id, c.name, g.auto_comment, g.manual_comment"
    f" FROM {_SUBMISSION} JOIN comment AS g ON g.notebook_id = n.id JOIN base_cell AS c ON c.id = g.cell_id",
)


def _submission(submission: Any) -> dict[str, Any]:
    (notebook,) = submission.notebooks
    grades = [
        (g.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, g.score, g.max_score)
        for g in notebook.grades
    ]
    comments = [(c.name, c.auto_comment, c.manual_comment, c.comment) for c in notebook.comments]
    return {
        "times": (submission.timestamp, submission.extension, submission.total_seconds_late),
        "penalty": (submission.late_submission_penalty, notebook.late_submission_penalty),
        "scores": {name: getattr(notebook, name) for name in QUERIES},
        "grades": sorted(grades),
        "comments": sorted(comments, key=repr),
    }
