"""The fingerprints of a class: what students wrote in each exercise, and where it could come from."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import REPOSITORY, Course
from autograder.errors import GraderError
from autograder.report.code_tokens import code_tokens, imported_names
from autograder.report.fingerprints import fingerprint, fragments, word_tokens

Prints = dict[str, frozenset[int]]
"""author -> fragments of the answer"""


@dataclass(frozen=True)
class Answers:
    """What a class wrote.

    Args:
        exercises: Grade id of a solution cell -> student -> fragments, without those that the lab gives.
        sources: File of the repository that holds answers -> its fragments.
    """

    exercises: dict[str, Prints]
    sources: Prints


@dataclass(frozen=True)
class _Cell:
    name: str
    is_answer: bool
    is_code: bool
    text: str


def read_answers(
    course: Course, lab: str, students: Sequence[str], progress: Callable[[str], None] = lambda line: None
) -> Answers:
    """Reads the answers of these students from the notebooks that were graded.

    Args:
        course: The course.
        lab: Name of the lab.
        students: Whose answers; those without a notebook have none.
        progress: Called with a line for every thousand notebooks.

    Raises:
        GraderError: The lab was never built, so that nobody knows which cells are answers.
    """
    release = _release(course, lab)
    imported = _imported(release)
    given = frozenset(n for cell in release for n in fragments(_tokens(cell, imported)))
    found: dict[str, Prints] = {cell.name: {} for cell in release if cell.is_answer}
    for number, student in enumerate(students):
        if number % 1_000 == 999:
            progress(f"read {number + 1:,} of {len(students):,} notebooks")
        cells = _submitted(course, lab, student)
        known = imported | _imported(cells)
        for cell in cells:
            if cell.name in found:
                numbers = fragments(_tokens(cell, known))
                found[cell.name][student] = fingerprint([n for n in numbers if n not in given])
    sources = {
        name: frozenset(fragments(code_tokens(path.read_text(encoding="utf-8"), {}))) - given
        for name, path in _sources(course, lab).items()
    }
    return Answers(found, sources)


def answer_text(course: Course, lab: str, student: str, exercise: str) -> str:
    """Returns an answer as it was handed in; empty if it cannot be read."""
    cells = _submitted(course, lab, student)
    return next((cell.text for cell in cells if cell.name == exercise), "")


def _release(course: Course, lab: str) -> list[_Cell]:
    paths = course.notebook("release", lab), course.labs / lab / f"{lab}.ipynb"
    cells = next((cells for path in paths if (cells := _cells(path))), None)
    if cells is None:
        raise GraderError(f"{paths[0]} is missing; run: python -m autograder build {lab}")
    return cells


def _submitted(course: Course, lab: str, student: str) -> list[_Cell]:
    """Returns the cells that were handed in; the executed notebook has them too, and is larger.

    It alone has them where nbgrader's `submitted/` holds a file of another name, which is left as it is.
    """
    return _cells(course.notebook("submitted", lab, student)) or _cells(
        course.notebook("autograded", lab, student)
    )


def _cells(path: Path) -> list[_Cell]:
    """Returns the cells of a notebook; none if there is none, which the report says elsewhere.

    Graded notebooks were read and mended before, by `parse_notebook`, whose care takes ten times as long.
    """
    try:
        found = json.loads(path.read_bytes())["cells"]
        return [cell for raw in found if (cell := _cell(raw)) is not None]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []


def _cell(raw: Mapping[str, Any]) -> _Cell | None:
    mark, source = raw["metadata"].get("nbgrader", {}), raw["source"]
    name, kind = mark.get("grade_id", ""), raw["cell_type"]
    text = source if isinstance(source, str) else "".join(source)
    return _Cell(name, mark.get("solution") is True, kind == "code", text) if isinstance(name, str) else None


def _imported(cells: Iterable[_Cell]) -> dict[str, str]:
    return imported_names("\n".join(cell.text for cell in cells if cell.is_code))


def _tokens(cell: _Cell, imported: Mapping[str, str]) -> list[str]:
    return code_tokens(cell.text, imported) if cell.is_code else word_tokens(cell.text)


def _sources(course: Course, lab: str) -> dict[str, Path]:
    """Returns where right answers can be found: cvlabs' own networks and checks, and the lab's solution."""
    package = REPOSITORY / "cvlabs"
    paths = [*sorted(package.glob("models/*.py")), *sorted(package.glob("checks/answers/*.py"))]
    found = {path.relative_to(REPOSITORY).as_posix(): path for path in paths}
    solution = course.solutions / lab / f"{lab}.py"
    return found | ({f"solutions/{lab}/{lab}.py": solution} if solution.is_file() else {})
