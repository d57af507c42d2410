"""A course with one tiny lab, and students' notebooks made from its release."""

import copy
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader import api

from autograder.course import Course, put_environment_on_path
from autograder.labs import build
from tests.autograder.stock_class import StockClass, grade_as_nbgrader
from tests.autograder.tiny_lab import CHECKS, LAB, solve, write_source


@pytest.fixture(scope="session", autouse=True)
def _alembic_asked_once() -> Iterator[None]:
    """nbgrader runs `alembic`, for seconds, for every new gradebook; here it does so for the first one."""
    put_environment_on_path()
    ask, answers = api.get_alembic_version, []

    def remembered() -> str:
        if not answers:
            answers.append(ask())
        return answers[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def _caches_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What judges keep goes into a folder of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_source(tmp_path / "solutions")
    return Course(tmp_path / "course", tmp_path / "solutions", tmp_path / "labs")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    root = tmp_path_factory.mktemp("built")
    write_source(root / "solutions")
    course = Course(root / "course", root / "solutions", root / "labs")
    folder = build.build_course(course, LAB, CHECKS, database=False)
    return nbformat.read(folder / f"{LAB}.ipynb", as_version=4)


@pytest.fixture
def release(_built: NotebookNode) -> NotebookNode:
    """The notebook that students get."""
    return copy.deepcopy(_built)


@pytest.fixture
def solved(release: NotebookNode) -> NotebookNode:
    """The release with right answers in it."""
    return solve(release)


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> StockClass:
    """A class graded by nbgrader, and what came of it."""
    root = tmp_path_factory.mktemp("stock")
    write_source(root / "solutions")
    course = Course(root / "course", root / "solutions", root / "labs")
    release = build.build_course(course, LAB, CHECKS)
    (course.root / "source" / LAB / "figure.png").write_bytes(b"\x89PNG")
    return grade_as_nbgrader(course, solve(nbformat.read(release / f"{LAB}.ipynb", as_version=4)))
