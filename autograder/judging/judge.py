"""nbgrader's preprocessor between execution and the saving of grades: evidence -> verdict -> outputs.

nbgrader gives a grade cell full points unless it holds an error; so a failed check leaves one, and the report
stands in place of everything that the cell put out. Evidence is not stored.
"""

import html
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, v4
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked
from traitlets import Unicode

from autograder.execute import OUR_ERRORS
from autograder.feedback.harmless import Allowance, make_outputs_harmless
from autograder.judging.client import Answer, JudgeClient, judge_client
from autograder.judging.seeds import course_secret, seeds
from autograder.labs.check_cells import MIME, check_cells
from autograder.labs.markers import CHECK_PREFIX

Evidence = dict[str, Any]
"""What a check's cell left: `evidence`, how many `pieces` of it, `reason`: why the cell came to no end."""


class Judge(NbGraderPreprocessor):
    """Judges every check of an executed notebook, for nbgrader."""

    course = Unicode("", help="The course folder.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Replaces the outputs of each check's cell by its report."""
        info = resources["nbgrader"]
        checks = check_cells(info)
        given = seeds(course_secret(Path(self.course)), info["student"], info["assignment"], checks)
        client = judge_client(Path(self.course) / "grader.log")
        judge_notebook(nb, info["assignment"], checks, given, client)
        return nb, resources


def judge_notebook(
    notebook: NotebookNode,
    lab: str,
    checks: Mapping[str, float],
    given: Mapping[str, str],
    client: JudgeClient,
) -> dict[str, Evidence]:
    """Judges every check of an executed notebook: its cell's outputs become the report, others harmless.

    Args:
        notebook: The notebook.
        lab: The lab.
        checks: The points of each check.
        given: The seed of each check.
        client: Who judges.

    Returns:
        What each check's cell had left, which is not in the notebook any more.
    """
    left: dict[str, Evidence] = {}
    allowance = Allowance()
    for cell in notebook.cells:
        cell.metadata.pop("cvlabs", None)
        if cell.cell_type != "code":
            continue
        evidence = take_evidence(cell)
        make_outputs_harmless(cell, allowance)
        name = check_name(cell, checks)
        if name is not None:
            one = evidence[0] if len(evidence) == 1 else None
            left[name] = {"evidence": one, "pieces": len(evidence), "reason": _reason(cell)}
            answer = client.ask(lab=lab, name=name, seed=given[name], points=checks[name], **left[name])
            write_verdict(cell, name, answer)
        elif is_grade(cell):
            mend_plain_cell(cell)
        else:
            _drop_our_warnings(cell)
    return left


def check_name(cell: NotebookNode, checks: Mapping[str, float]) -> str | None:
    """Returns the check that a cell belongs to, `None` if it is no check's."""
    if not is_grade(cell):
        return None
    name: str = cell.metadata.nbgrader.grade_id.removeprefix(CHECK_PREFIX)
    return name if CHECK_PREFIX + name == cell.metadata.nbgrader.grade_id and name in checks else None


def take_evidence(cell: NotebookNode) -> list[Any]:
    """Removes a cell's outputs with evidence and returns their values."""
    found = [o for o in cell.outputs if MIME in o.get("data", {})]
    cell.outputs = [o for o in cell.outputs if MIME not in o.get("data", {})]
    return [output["data"][MIME] for output in found if output["output_type"] == "display_data"]


def write_verdict(cell: NotebookNode, name: str, answer: Answer) -> None:
    """Makes a check's cell show the verdict and nothing else."""
    hint = answer.get("hint", "")
    text = answer.get("text") or f"{name} could not be judged, which costs no points: {hint}"
    page = answer.get("html") or f"<p>{html.escape(text)}</p>"
    cell.outputs = [v4.new_output("display_data", data={"text/html": page, "text/plain": text})]
    if answer["outcome"] == "failed":
        cell.outputs.append(
            v4.new_output("error", ename="CheckFailed", evalue=name, traceback=[f"CheckFailed: {name}"])
        )
    kept = ("outcome", "misconception", "hint", "aspects")
    cell.metadata["cvlabs"] = {key: answer[key] for key in kept if answer.get(key)}


def mend_plain_cell(cell: NotebookNode) -> None:
    """Applies nbgrader's rules for plain asserts, with two exceptions.

    What is written to stderr costs nothing. A value that is no number of points is an error; nbgrader would
    give full marks for NaN and for text, and stop at a number that is too large.
    """
    points = float(cell.metadata.nbgrader.points)
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
    for output in list(cell.outputs):
        if output.output_type == "execute_result" and not _is_score(output.data.get("text/plain"), points):
            text = f"The value of this cell must be between 0 and {points:g}, or there must be none."
            error = v4.new_output("error", ename="NoScore", evalue=text, traceback=[f"NoScore: {text}"])
            cell.outputs[cell.outputs.index(output)] = error


def _drop_our_warnings(cell: NotebookNode) -> None:
    """Removes what a read-only cell wrote to stderr: it is ours, TensorFlow's greetings as a rule."""
    if is_locked(cell):
        cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]


def _is_score(text: object, points: float) -> bool:
    try:
        value = float(str(text))
    except ValueError:
        return False
    return math.isfinite(value) and 0 <= value <= points


def _reason(cell: NotebookNode) -> str:
    """Why a cell came to no end, in words for its reader."""
    for output in cell.outputs:
        if output.output_type == "error" and output.ename in OUR_ERRORS:
            return str(output.evalue)
    for output in cell.outputs:
        if output.output_type == "error":
            return f"The cell stopped with {output.ename}: {output.evalue}"[:600]
    return ""
