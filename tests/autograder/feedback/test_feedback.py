"""Which feedback pages are written, by how many processes, and if one dies; what they say: test_grade."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader
from nbgrader.api import Gradebook

from autograder import grade
from autograder.course import REPOSITORY
from autograder.errors import GraderError
from autograder.feedback import basis as feedback_basis
from autograder.feedback import pages as feedback
from autograder.feedback.pages import write_feedback
from autograder.labs import build
from autograder.late.policy import FILE
from tests.autograder import traces
from tests.autograder.fake_grading import pretend
from tests.autograder.tiny_lab import CHECKS, LAB, cell_of, hand_in

STUDENTS = ("ada", "bob", "cy")


@pytest.fixture
def graded(course, tmp_path, monkeypatch, solved):
    pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    for student in STUDENTS:
        hand_in(tmp_path / "downloads", student, solved)
    (tmp_path / "downloads" / "none").mkdir()
    grade.grade(course, LAB, tmp_path / "downloads")
    return course


def written(course, jobs=1):
    """The students whose pages are written."""
    lines = []
    pages = write_feedback(course, LAB, lines.append, jobs)
    assert len(pages) == len(STUDENTS) + 1
    return {line.partition(":")[0] for line in lines}


def test_only_what_changed_is_written_again(graded, tmp_path, monkeypatch, solved):
    assert written(graded) == {*STUDENTS, "none"}
    first = {page: page.read_bytes() for page in write_feedback(graded, LAB)}
    assert written(graded) == set()
    assert {page: page.read_bytes() for page in first} == first

    with Gradebook(graded.database) as gradebook:
        gradebook.find_grade("why", LAB, LAB, "ada").manual_score = 1.5
        gradebook.find_comment("why", LAB, LAB, "bob").manual_comment = "Well put."
        gradebook.db.commit()
    assert written(graded) == {"ada", "bob"}
    pages = {page.parts[-3]: page.read_text() for page in first}
    assert "Well put." in pages["bob"]  # although there are no points yet
    assert written(graded) == set()

    cell_of(solved, "conv_macs").source = "conv_macs = lambda *sizes: 0"
    hand_in(tmp_path / "downloads", "cy", solved)
    grade.grade(graded, LAB, tmp_path / "downloads")
    assert written(graded) == {"cy"}

    monkeypatch.setattr(feedback_basis, "grader_version", lambda: "another")
    assert written(graded) == set(STUDENTS)


def test_a_short_page_is_written_when_its_text_changes(graded, tmp_path, solved):
    pages = {page.parts[-3]: page for page in write_feedback(graded, LAB)}
    before = pages["none"].stat()
    assert written(graded) == set()
    after = pages["none"].stat()  # its access time may change: the page is read
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    pages["none"].write_text("<p>half")
    assert written(graded) == {"none"}
    hand_in(tmp_path / "downloads", "none", solved).write_text('{"cells": [')
    grade.grade(graded, LAB, tmp_path / "downloads")
    assert written(graded) == {"none"}
    assert "seems to be cut off" in pages["none"].read_text()
    hand_in(tmp_path / "downloads", "none", solved)
    grade.grade(graded, LAB, tmp_path / "downloads")
    assert written(graded) == {"none"}
    assert "There is no score" not in pages["none"].read_text()


def test_a_penalty_is_a_change(graded, tmp_path):
    (tmp_path / "downloads" / "ada" / "timestamp.txt").write_text("2026-10-03 12:00:00 UTC")
    grade.grade(graded, LAB, tmp_path / "downloads")
    written(graded)
    (graded.root / FILE).write_text(f'[{LAB}]\ndue = 2026-10-01T23:59:00+02:00\npolicy = "zero"')
    assert written(graded) == {"ada"}


@pytest.mark.parametrize("damage", [lambda text: text[:-30], lambda text: "", lambda text: text + "<p>more"])
def test_a_page_that_is_not_whole_is_written_again(graded, damage):
    pages = {page.parts[-3]: page for page in write_feedback(graded, LAB)}
    whole = pages["bob"].read_text()
    pages["bob"].write_text(damage(whole))
    pages["cy"].unlink()
    assert written(graded) == {"bob", "cy"}
    assert pages["bob"].read_text() == whole


def test_what_could_not_be_written_is_tried_again(graded, monkeypatch):
    run = feedback.run_converter

    def failing(converter, course, lab, student):
        if student == "bob":
            raise GraderError("no room")
        run(converter, course, lab, student)

    monkeypatch.setattr(feedback, "run_converter", failing)
    lines = []
    pages = {page.parts[-3]: page for page in write_feedback(graded, LAB, lines.append)}
    assert any(line.startswith("bob:") and "nbgrader could not write it: no room" in line for line in lines)
    assert f"{LAB}: graded" in pages["bob"].read_text()
    assert written(graded) == {"bob"}  # told each time
    monkeypatch.undo()
    assert written(graded) == {"bob"}


@pytest.mark.slow
def test_several_processes_write_the_same(graded, monkeypatch):
    alone = {page.parts[-3]: page.read_text() for page in write_feedback(graded, LAB)}
    for student in STUDENTS:
        (graded.root / "feedback" / student / LAB / f"{LAB}.html").unlink()
    monkeypatch.setattr(feedback, "PAGES_WORTH_A_PROCESS", 1)
    assert written(graded, jobs=2) == set(STUDENTS)
    assert {page.parts[-3]: page.read_text() for page in write_feedback(graded, LAB)} == alone


@pytest.mark.slow
def test_a_process_that_is_killed_costs_no_page_its_place(graded, monkeypatch):
    pages = write_feedback(graded, LAB)
    before = {page: page.read_bytes() for page in pages}
    monkeypatch.setattr(feedback, "PAGES_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(feedback_basis, "grader_version", lambda: "another")
    monkeypatch.setattr(feedback, "_convert", _killed)
    with pytest.raises(
        GraderError, match=r"a process that writes pages was killed.*run the same command"
    ) as told:
        write_feedback(graded, LAB, jobs=2)
    assert isinstance(told.value.__cause__, BrokenProcessPool)
    assert {page: page.read_bytes() for page in pages} == before


def test_processes_end_with_the_one_that_gives_out_the_work(tmp_path):
    program = (
        "import os, sys, time; from autograder.feedback import pages as feedback\n"
        "def convert(course, lab, student):\n"
        "    print(os.getpid(), flush=True)\n"
        "    time.sleep(600)\n"
        "if __name__ == '__main__':\n"
        "    feedback._convert, feedback.PAGES_WORTH_A_PROCESS = convert, 1\n"
        "    list(feedback._converted(None, '', ['ada', 'bob'], 2))\n"
    )
    (tmp_path / "write.py").write_text(program)
    path = {"PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, tmp_path / "write.py"]
    with subprocess.Popen(command, env=os.environ | path, stdout=subprocess.PIPE, text=True) as run:
        writers = [int(run.stdout.readline()) for _ in range(2)]
        run.kill()
    end = time.monotonic() + 60
    while (left := [writer for writer in writers if traces.lives(writer)]) and time.monotonic() < end:
        time.sleep(0.1)
    for writer in left:
        os.kill(writer, signal.SIGKILL)
    assert left == []


def _killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_is_code_in_a_hint_is_set_as_code():
    folder = Path(feedback_basis.__file__).with_name("templates")
    loader = ChoiceLoader([FileSystemLoader(folder), DictLoader({"index.html.j2": ""})])
    macros = Environment(loader=loader).get_template("cvlabs_feedback/grades.html.j2").module
    assert macros.with_code("Use `x < y`, not `z`.") == "Use <code>x &lt; y</code>, not <code>z</code>."
    assert macros.with_code("<b>") == "&lt;b&gt;"
