"""Whole notebooks as students hand them in, made from a lab's release, its solution and its bank.

What a lab's samples are made of stands in `tests/submissions/<lab>/samples.toml`; which kinds there are, in
`autograder.labs.sample_kinds`. `python -m autograder demo` grades some of them, the tests all of them.
"""

import copy
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.labs.build import build_course, known_checks
from autograder.course import REPOSITORY, Course
from autograder.errors import GraderError
from autograder.labs.source import read_source

BANK = REPOSITORY / "tests" / "submissions"
DAMAGES = {"raises", "does_not_parse", "deleted_answer", "check"}


@dataclass(frozen=True)
class Ingredients:
    """What stands in a lab's `samples.toml`: names of files of the bank, and of exercises.

    Args:
        idioms: Check -> another right answer.
        mistakes: Check -> a wrong answer.
        needed_by: Check -> all later checks that fail where this one's answer is wrong or missing.
        damaged: Which exercise's answer raises, does not parse, is deleted, and which one's check is damaged:
            all of `DAMAGES`, or none where the lab has no damaged samples.
    """

    idioms: Mapping[str, str]
    mistakes: Mapping[str, str]
    needed_by: Mapping[str, list[str]]
    damaged: Mapping[str, str]

    def lost_with(self, *checks: str) -> tuple[str, ...]:
        """Returns these checks and those that fail with them."""
        return tuple(dict.fromkeys([*checks, *(name for c in checks for name in self.needed_by.get(c, ()))]))


@dataclass(frozen=True)
class SampleLab:
    """What samples are made from.

    Args:
        name: Name of the lab.
        release: The notebook that students get.
        answers: The right answer to each of its solution cells, by grade id.
        checks: Its checks, in their order.
        ingredients: What its samples are made of.
    """

    name: str
    release: NotebookNode
    answers: dict[str, str]
    checks: tuple[str, ...]
    ingredients: Ingredients

    def bank(self, cell: str, name: str) -> str:
        """Returns an answer from the bank, without the lines that say what is expected of it."""
        text = (BANK / self.name / cell / f"{name}.py").read_text(encoding="utf-8")
        return re.sub(r"^# (verdict|aspect|misconception): .*\n", "", text, flags=re.MULTILINE).strip()

    def filled(self, sources: dict[str, str]) -> NotebookNode:
        """Returns a copy of the release with some cells filled in."""
        notebook = copy.deepcopy(self.release)
        for name, source in sources.items():
            cell_of(notebook, name).source = source
        return notebook

    def solved(self, otherwise: dict[str, str] | None = None) -> NotebookNode:
        """Returns a copy of the release with all right answers, but for some."""
        return self.filled(self.answers | (otherwise or {}))


def read_lab(course: Course, name: str) -> SampleLab:
    """Builds a lab inside the course folder and reads its release and its solution."""
    checks = known_checks()
    release = build_course(course, name, checks) / f"{name}.ipynb"
    source = read_source(course.solutions / name / f"{name}.py", checks[name])
    answers = {
        cell.metadata.nbgrader.grade_id: re.sub(
            r"^ *### (BEGIN|END) SOLUTION\n?", "", cell.source, flags=re.M
        )
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    notebook = nbformat.read(release, as_version=4)
    return SampleLab(name, notebook, answers, tuple(checks[name]), read_ingredients(name, checks[name]))


def labs_with_samples() -> list[str]:
    """Returns the names of the labs that have a `samples.toml`."""
    return sorted(path.parent.name for path in BANK.glob("*/samples.toml"))


def read_ingredients(lab: str, checks: Iterable[str]) -> Ingredients:
    """Reads a lab's `samples.toml`.

    Args:
        lab: Name of the lab.
        checks: Its checks, which are all that the file may name.

    Raises:
        GraderError: The file is missing, or something in it is not as `Ingredients` says.
    """
    path, known = BANK / lab / "samples.toml", set(checks)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found = Ingredients(
            **{key: data.pop(key, {}) for key in ("idioms", "mistakes", "needed_by", "damaged")}
        )
        named = {*found.idioms, *found.mistakes, *found.needed_by, *found.damaged.values()}
        named.update(*found.needed_by.values())
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise GraderError(f"{path}: {error}") from error
    if found.damaged and set(found.damaged) != DAMAGES:
        raise GraderError(f"{path}: [damaged] has {sorted(found.damaged)}; expected {sorted(DAMAGES)}")
    if wrong := [*data, *sorted(named - known)]:
        raise GraderError(f"{path}: {wrong[0]!r} is no table of this file and no check of {lab}")
    return found


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    """Returns the cell with a grade id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


Make = Callable[[SampleLab], NotebookNode | str | None]
"""Makes a notebook, or the text of a file that is none; `None` hands in nothing."""


@dataclass(frozen=True)
class Sample:
    """One submission.

    Args:
        make: What is handed in.
        lost: The checks without points; `None` stands for all of them, and for no total.
        file: Name of the file; the lab's own by default.
    """

    make: Make
    lost: tuple[str, ...] | None = ()
    file: str = ""


def write(samples: dict[str, Sample], lab: SampleLab, folder: Path) -> None:
    """Writes a class: `folder`/<name of the sample>/<lab>.ipynb."""
    for student, sample in samples.items():
        (folder / student).mkdir(parents=True)
        made = sample.make(lab)
        if made is None:
            continue
        text = made if isinstance(made, str) else nbformat.v4.writes(made)
        (folder / student / (sample.file or f"{lab.name}.ipynb")).write_text(text, encoding="utf-8")
