"""The gradebook on a real PostgreSQL server: the same rows as in nbgrader's SQLite file."""

import shutil
import sys
from dataclasses import replace

import pytest
from nbgrader.api import Base, Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, text
from traitlets.config import Config

from autograder.course import Course
from autograder.errors import GraderError
from autograder.export import current_results
from autograder.labs import build
from autograder.nbgrader_config import configure
from tests.autograder.gradebook_dump import dump
from tests.autograder.graded_class import put_on_record
from tests.autograder.on_record import record
from tests.autograder.postgres_server import missing, postgres
from tests.autograder.stock_class import by_hand, policy, set_due
from tests.autograder.tiny_lab import CHECKS, LAB

needs_server = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def server():
    with postgres() as url:
        yield url


@pytest.fixture
def course(server, stock, tmp_path) -> Course:
    """A course with the lab, whose gradebook is on the server."""
    course = replace(stock.untouched, root=tmp_path / "course", db_url=server)
    engine = create_engine(course.database)
    Base.metadata.drop_all(engine)
    with engine.begin() as db:
        db.execute(text("DROP TABLE IF EXISTS alembic_version"))
    engine.dispose()
    build.build_course(course, LAB, CHECKS)
    shutil.copytree(stock.untouched.root / "source", course.root / "source", dirs_exist_ok=True)
    set_due(course.database)
    return course


@needs_server
def test_the_rows_are_those_that_nbgrader_writes(course, stock):
    record(course, LAB, stock.first, policy)
    assert dump(course.database, LAB) == stock.after_first
    by_hand(course.database)
    record(course, LAB, stock.second, policy)
    again = record(course, LAB, stock.second, policy)
    assert dump(course.database, LAB) == stock.after_second
    put_on_record(course, {"ada": again["ada"]})
    assert again["ada"].checks == current_results(course, LAB)["ada"].checks
    assert not (course.root / "gradebook.db").exists()


@needs_server
def test_a_locked_gradebook_is_told(course, stock):
    record(course, LAB, stock.first, policy)
    engine = create_engine(course.database)
    with engine.begin() as db:
        db.execute(text("UPDATE grade SET manual_score = 1"))
        message = r"postgresql\+psycopg://cvlabs@.* was locked for 0\.1 seconds by .*what was graded is kept"
        with pytest.raises(GraderError, match=message):
            record(course, LAB, stock.second, policy, patience=0.1)
        db.rollback()
    engine.dispose()
    assert dump(course.database, LAB) == stock.after_first


@needs_server
def test_a_server_without_the_lab_or_out_of_reach(course, server, stock):
    with pytest.raises(GraderError, match="the gradebook does not know lab99"):
        record(course, "lab99", [])
    engine = create_engine(course.database)
    Base.metadata.drop_all(engine)
    engine.dispose()
    with pytest.raises(GraderError, match="holds no labs"):
        record(course, LAB, [])
    gone = replace(course, db_url="postgresql://cvlabs:secret@/postgres?host=/nowhere")
    with pytest.raises(GraderError, match=r"cvlabs:\*\*\*@/postgres.* cannot be used: .*graded is kept"):
        record(gone, LAB, stock.first)


def test_a_driver_that_is_missing_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    course = Course(tmp_path, db_url="postgresql://cvlabs:secret@db.example.org/grades")
    with pytest.raises(GraderError, match=r"cvlabs:\*\*\*@db.* needs a driver .*pip install 'psycopg"):
        record(course, LAB, [])


def test_nbgrader_is_given_the_same_url(tmp_path):
    course = Course(tmp_path, db_url="postgresql://cvlabs:secret@db.example.org/grades")
    assert course.database == "postgresql+psycopg://cvlabs:secret@db.example.org/grades"
    assert replace(course, db_url="postgresql+other://x/y").database == "postgresql+other://x/y"
    config = configure(Config(), course.root, course.database)
    assert CourseDirectory(config=config).db_url == course.database
    assert Course(tmp_path).database == f"sqlite:///{tmp_path}/gradebook.db"


def test_a_password_is_for_its_owners_eyes(course_with_url):
    path = course_with_url.root / "nbgrader_config.py"
    assert course_with_url.database in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def course_with_url(tmp_path):
    from autograder.nbgrader_config import write_course_config

    course = Course(tmp_path / "course", db_url="postgresql://cvlabs:secret@db.example.org/grades")
    write_course_config(course)
    return course


@needs_server
def test_the_formgraders_lists_work(course, stock):
    record(course, LAB, stock.first, policy)
    with Gradebook(course.database) as gradebook:
        assert {s["student"] for s in gradebook.submission_dicts(LAB)} == {o.student for o in stock.first}
