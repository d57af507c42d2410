"""nbgrader's saving and reading of grades, with the third outcome: a check that could not be judged has no
score until a person gives one, in the formgrader, where it is listed as waiting for that."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades, SaveAutoGrades


class SaveJudgedGrades(SaveAutoGrades):
    """Saves the score of every grade cell, and none for a check without a verdict."""

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        if not is_unjudged(cell):
            super()._add_score(cell, resources)
            return
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = None
        grade.needs_manual_grade = True
        self.gradebook.db.commit()


class GetJudgedGrades(GetGrades):
    """Reads the scores for a feedback page; marks those that nobody has given yet."""

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        cell.metadata.nbgrader["waiting"] = grade.auto_score is None and grade.manual_score is None


def is_unjudged(cell: NotebookNode) -> bool:
    """Whether the judge came to no verdict on a cell."""
    return bool(cell.metadata.get("cvlabs", {}).get("outcome") == "unjudged")
