"""What keeps grades from being read or written is one line that says what to do."""

import re
import sqlite3
from contextlib import closing

import pytest

from autograder import cli
from autograder.course import Course
from autograder.export import current_results
from autograder.late.policy import FILE
from tests.autograder.graded_class import Student, fill
from tests.autograder.tiny_lab import LAB


@pytest.fixture
def graded(course: Course) -> Course:
    fill(course, {"ada": Student()})
    return course


@pytest.fixture
def command(graded, monkeypatch, capsys):
    """Runs the command line; returns its status and the only line that it prints to stderr."""
    monkeypatch.setattr(cli, "Course", lambda root=graded.root: graded)

    def run(*arguments):
        status = cli.main([str(a) for a in arguments])
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("autograder: ")
        assert printed.err.count("\n") == 1
        return status, printed.err

    return run


def test_an_output_that_cannot_be_written_is_told(command, tmp_path):
    target = tmp_path / "nowhere" / "grades.csv"
    status, line = command("export", "lab90", "--output", target)
    assert (status, line) == (
        2,
        f"autograder: {target} cannot be written: No such file or directory; name another --output\n",
    )
    status, line = command("export", "lab90", "--output", tmp_path)
    assert (status, "Is a directory; name another --output" in line) == (2, True)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgres:/nohost/db", "URL cannot be used (.*); expected postgresql://USER@HOST/DATABASE"),
        ("mysql://host/db", "URL names mysql; expected postgresql://USER@HOST/DATABASE"),
        (
            "postgresql://u:secret@127.0.0.1:1/db",
            r"u:\*\*\*@127.0.0.1:1/db cannot be used: .*mend that, or the URL after --database",
        ),
    ],
)
@pytest.mark.parametrize("word", ["export", "late", "report", "feedback"])
def test_a_database_out_of_reach_is_told(command, url, told, word):
    status, line = command(word, "lab90", "--database", url)
    assert status == 2
    assert re.search(told, line)
    assert "secret" not in line


def test_a_locked_gradebook_is_told(command, graded, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.marks.PATIENCE", 0.1)
    (graded.root / FILE).write_text(f'[{LAB}]\ndue = 2026-10-01T23:59:00+02:00\npolicy = "zero"')
    with closing(sqlite3.connect(graded.root / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, line = command("export", "lab90")
        assert status == 2
        assert re.search(r"gradebook\.db was locked for 0\.1 seconds by .*; close it or wait", line)
    assert current_results(graded, LAB)["ada"].total == 6


def test_a_gradebook_that_is_none_is_told(command, graded):
    (graded.root / "gradebook.db").write_text("no database" * 100)
    status, line = command("export", "lab90")
    assert (status, "is damaged (file is not a database): put a copy in its place" in line) == (2, True)
