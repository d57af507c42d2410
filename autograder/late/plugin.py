"""nbgrader's seam for late penalties: stock `nbgrader autograde` and the formgrader come to ours."""

from pathlib import Path

from nbgrader.plugins import BasePlugin
from traitlets import Unicode

from autograder.late.policy import FILE, penalty, read_policies


class LatePenalty(BasePlugin):
    """Gives nbgrader's `AssignLatePenalties` the penalty of the course's late policy."""

    course = Unicode("", help="The course folder.").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Returns the points to subtract; `None` for none."""
        step = self.parent  # AssignLatePenalties, which knows the lab and holds the gradebook open
        policy = read_policies(Path(self.course) / FILE).get(step.assignment_id)
        if policy is None:
            return None
        notebook = step.gradebook.find_notebook(step.notebook_id, step.assignment_id)
        return penalty(policy, score, notebook.max_score, total_seconds_late) or None
