"""A lab as nbgrader's gradebook knows it, and what nbgrader's rules make of a judged notebook of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from nbformat import NotebookNode
from nbgrader.api import Assignment, BaseCell, GradeCell, Notebook, SolutionCell, SourceCell, TaskCell
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task
from sqlalchemy import Connection, select

from autograder.errors import GraderError
from autograder.gradebook.save_grades import is_unjudged


@dataclass(frozen=True)
class GradebookLab:
    """A lab as the gradebook knows it.

    Args:
        assignment: Its id.
        notebook: The id of its notebook.
        duedate: In UTC; `None` if there is none.
        graded: The cells that have a grade: name -> id.
        commented: The cells that have a comment: name -> id.
        points: Cells of `graded` that the notebook marks as such -> what they are worth.
        checksums: Name of a cell -> of its text as released.
    """

    assignment: str
    notebook: str
    duedate: datetime | None
    graded: Mapping[str, str]
    commented: Mapping[str, str]
    points: Mapping[str, float]
    checksums: Mapping[str, str]


@dataclass(frozen=True)
class Judged:
    """What an executed notebook says.

    Args:
        scores: By name of the graded cell; `None` where a person has to give it.
        comments: By name of the answer's cell; `None` for no comment.
    """

    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]


class NotThisLab(ValueError):
    """A judged notebook and the gradebook do not fit together; the message is for the instructor."""


def read_gradebook_lab(db: Connection, lab: str) -> GradebookLab:
    """Reads what the gradebook knows of a lab.

    Raises:
        GraderError: It does not know the lab.
    """
    row = db.execute(
        select(Assignment.id, Assignment.duedate, Notebook.id)
        .join(Notebook, Notebook.assignment_id == Assignment.id)
        .where(Assignment.name == lab, Notebook.name == lab)
    ).one_or_none()
    if row is None:
        raise GraderError(f"the gradebook does not know {lab}: run python -m autograder build {lab}")
    assignment, duedate, notebook = row

    def read(kind: type[BaseCell], *columns: str) -> list[Any]:
        wanted = [getattr(kind, column) for column in ("name", *columns)]
        return list(db.execute(select(*wanted).where(kind.notebook_id == notebook)))

    grades, solutions, tasks = (dict(map(tuple, read(k, "id"))) for k in (GradeCell, SolutionCell, TaskCell))
    return GradebookLab(
        assignment,
        notebook,
        duedate,
        graded=grades | tasks,
        commented=solutions | tasks,
        points=dict(map(tuple, read(GradeCell, "max_score"))),
        checksums=dict(map(tuple, read(SourceCell, "checksum"))),
    )


def read_cells(text: str) -> NotebookNode:
    """Reads the cells that nbgrader knows, and of these what it looks at: a small part of a notebook.

    Raises:
        NotThisLab: The text is no notebook.
    """
    try:
        cells = [_slim(cell) for cell in json.loads(text)["cells"] if "nbgrader" in cell["metadata"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotThisLab(f"the graded notebook cannot be read ({type(error).__name__}: {error})") from error
    return cast(NotebookNode, _Node(cells=cells))


class _Node(dict[str, Any]):
    """A dict whose keys are attributes, as in a `NotebookNode`, which takes twice as long to make and ask."""

    __getattr__ = dict.__getitem__


def _slim(cell: Mapping[str, Any]) -> _Node:
    metadata = _Node({**cell["metadata"], "nbgrader": _Node(cell["metadata"]["nbgrader"])})
    outputs = [
        _Node(output_type=o["output_type"], name=o.get("name", ""), data=_plain(o.get("data", {})))
        for o in cell.get("outputs", ())
    ]
    source = "".join(cell["source"])  # in a file it may be a list of lines
    return _Node(cell_type=cell["cell_type"], source=source, metadata=metadata, outputs=outputs)


def _plain(data: Mapping[str, Any]) -> dict[str, str]:
    return {kind: "".join(text) for kind, text in data.items() if kind == "text/plain"}


def read_judged(lab: GradebookLab, notebook: NotebookNode) -> Judged:
    """Returns what nbgrader's own rules make of a judged notebook.

    What a cell is worth and how its text was released is the gradebook's to say, not the notebook's.

    Raises:
        NotThisLab: A graded cell is missing, unknown, there twice, or claims more points than it is worth.
    """
    scores: dict[str, float | None] = {}
    comments: dict[str, str | None] = {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in lab.checksums:
            cell.metadata.nbgrader["checksum"] = lab.checksums[name]
        if is_grade(cell):
            if name in scores or name not in lab.points:
                raise NotThisLab(
                    f"the graded cell {name!r} is {'there twice' if name in scores else 'unknown'}"
                )
            cell.metadata.nbgrader["points"] = lab.points[name]
            scores[name] = _score(name, cell)
        if name in lab.commented and (is_solution(cell) or is_task(cell)):
            untouched = lab.checksums.get(name) == compute_checksum(cell) and not is_task(cell)
            comments[name] = "No response." if untouched else None
    missing = lab.points.keys() - scores.keys()
    if missing:
        raise NotThisLab(f"there is no cell {', '.join(sorted(missing))}")
    return Judged(scores, comments)


def _score(name: str, cell: NotebookNode) -> float | None:
    if is_unjudged(cell):
        return None
    try:
        score: float | None = determine_grade(cell)[0]
    except ValueError as error:
        raise NotThisLab(f"the cell {name!r} has no score: {error}") from error
    return score
