"""A class through nbgrader: every student gets a line, no student disturbs another."""

import copy
import csv
import io
import re
import tracemalloc
from contextlib import nullcontext

import nbformat
import pytest
from nbformat import v4
from nbgrader.api import Gradebook

from autograder import cli, grade
from autograder.errors import GraderError
from autograder.feedback.pages import write_feedback
from autograder.journal import Journal, read_results
from autograder.labs import build
from autograder.outcome import Outcome
from autograder.progress import line
from autograder.report.read_answers import answer_text
from autograder.table import table
from tests.autograder.fake_grading import InlineCrew, pretend
from tests.autograder.on_record import to_csv
from tests.autograder.tiny_lab import CHECKS, LAB, cell_of, hand_in, write_source


@pytest.fixture
def fake(monkeypatch):
    client = pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    return client


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "downloads"


def with_answer(notebook, grade_id, source):
    changed = copy.deepcopy(notebook)
    cell_of(changed, grade_id).source = source
    return changed


def rows(text):
    return {row["student"]: row for row in csv.DictReader(io.StringIO(text))}


def test_a_class_of_all_kinds(course, folder, fake, solved, release):
    hand_in(folder, "ada", solved)
    hand_in(folder, "blank", release)
    hand_in(
        folder, "biases", with_answer(solved, "conv_params", "conv_params = lambda k, i, f: k * k * i * f")
    )
    hand_in(folder, "fault", with_answer(solved, "conv_params", "# GRADER FAULT"))
    hand_in(folder, "unjudged", with_answer(solved, "conv_macs", "conv_macs = lambda *sizes: -1"))
    twins = copy.deepcopy(solved)
    twins.cells.append(copy.deepcopy(cell_of(twins, "check_conv_params")))
    hand_in(folder, "twins", twins)
    hand_in(folder, "renamed", solved, name="my lab.ipynb")
    (folder / "none").mkdir()
    hand_in(folder, "cut", solved).write_text('{"cells": [')
    lines = []

    results = grade.grade(course, LAB, folder, lines.append)

    assert {s: (r.status, r.total) for s, r in results.items()} == {
        "ada": ("graded", 4),
        "blank": ("graded", 0),
        "biases": ("graded", 1),
        "fault": ("could not grade", None),
        "unjudged": ("could not grade", None),
        "twins": ("graded", 4),
        "renamed": ("graded", 4),
        "none": ("not readable", None),
        "cut": ("not readable", None),
    }
    assert results["ada"].waiting == 2
    assert results["ada"].checks["why"].points is None
    assert results["blank"].checks["why"].points == 0  # nothing was written
    assert results["biases"].checks["conv_params"].misconception == "without_biases"
    assert results["unjudged"].checks["conv_macs"].points is None
    assert results["unjudged"].checks["conv_params"].points == 1
    assert "The grader failed, which costs no points: OSError: disk full" in results["fault"].notes
    assert "The file is named my lab.ipynb" in results["renamed"].notes[0]
    assert read_results(course.journal, LAB) == results
    assert [(step.number, step.count) for step in lines] == [(number, 9) for number in range(10)]
    assert "ada: graded 4 of 6 points (2 by hand)" in [line(s.student, s.result) for s in lines[1:]]

    shown = table(LAB, results)
    assert re.search(r"^ada +1 +1 +2 +– +4  graded, 2 points by hand$", shown, re.MULTILINE)
    assert re.search(r"^unjudged +1 +\? +2 +– +could not grade$", shown, re.MULTILINE)
    assert re.search(r"^cut +not readable$", shown, re.MULTILINE)

    exported = rows(to_csv(course, LAB))
    assert exported["ada"] | {"notes": ""} == {
        "student": "ada", "status": "graded", "total": "4", "max": "6", "by_hand": "2", "late_penalty": "0",
        "conv_params": "1", "conv_macs": "1", "test_plain": "2", "why": "", "notes": "",
    }  # fmt: skip
    assert (exported["unjudged"]["total"], exported["unjudged"]["conv_macs"]) == ("", "")
    assert "conv_macs: out of memory" in exported["unjudged"]["notes"]
    assert (exported["cut"]["total"], exported["cut"]["conv_params"]) == ("", "")

    with Gradebook(course.database) as gradebook:
        waiting = gradebook.find_grade("check_conv_macs", LAB, LAB, "unjudged")
        assert (waiting.auto_score, waiting.needs_manual_grade) == (None, True)

    pages = {page.parts[-3]: page.read_text() for page in write_feedback(course, LAB)}
    assert set(pages) == set(results)
    assert "4 of 6 points so far; 2 are not given yet" in pages["ada"]
    assert "<i>right</i>" in pages["ada"]
    assert "CheckFailed" not in pages["biases"]
    assert "✗ Think." in pages["biases"]
    assert "could not be judged: costs no points" in pages["unjudged"]
    assert "Score: not yet of 1" in pages["unjudged"]
    assert "Before grading, this notebook was repaired" in pages["twins"]
    assert "nothing was subtracted" in pages["fault"]
    assert "seems to be cut off" in pages["cut"]
    assert "<b>There is no" not in pages["none"]
    assert f"There is no {LAB}.ipynb" in pages["none"]


def test_seeds_come_from_the_secret_and_evidence_is_not_stored(course, folder, fake, solved):
    hand_in(folder, "ada", solved)
    grade.grade(course, LAB, folder)
    grade.grade(course, LAB, folder)
    assert len(fake.asked) == 2  # what has not changed is not executed again
    grade.grade(course, LAB, folder, select=grade.Selection(again=True))
    seeds = [request["seed"] for request in fake.asked]
    assert seeds[:2] == seeds[2:]
    assert len(set(seeds)) == 2
    assert (course.root / "secret").stat().st_mode & 0o777 == 0o600
    stored = course.notebook("autograded", LAB, "ada").read_text()
    assert "evidence" not in stored
    assert not any(seed in stored for seed in seeds)


def test_what_a_person_gave_stays_and_is_exported(course, folder, fake, solved):
    hand_in(folder, "ada", solved)
    grade.grade(course, LAB, folder)
    with Gradebook(course.database) as gradebook:
        answer = gradebook.find_grade("why", LAB, LAB, "ada")
        answer.manual_score, answer.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    row = rows(to_csv(course, LAB))["ada"]
    assert (row["total"], row["by_hand"], row["why"]) == ("5.5", "0", "1.5")
    assert grade.grade(course, LAB, folder)["ada"].total == 5.5


def test_a_half_graded_submission_is_graded_again(course, folder, fake, solved):
    hand_in(folder, "ada", solved)
    half = course.notebook("autograded", LAB, "ada")
    half.parent.mkdir(parents=True)
    half.write_text("{")
    assert grade.grade(course, LAB, folder)["ada"].total == 4


def test_earlier_results_of_others_stay(course, folder, fake, solved, tmp_path):
    hand_in(folder, "ada", solved)
    hand_in(tmp_path / "late", "bob", solved)
    grade.grade(course, LAB, folder)
    assert set(grade.grade(course, LAB, tmp_path / "late")) == {"bob"}
    assert set(rows(to_csv(course, LAB))) == {"ada", "bob"}


def test_a_student_alone_in_the_folder_keeps_the_name_and_that_is_said(course, folder, fake, solved):
    hand_in(folder, "ada", solved, f"Lab 3/{LAB}.ipynb")
    steps = []
    assert {s: r.total for s, r in grade.grade(course, LAB, folder, steps.append).items()} == {"ada": 4}
    assert steps[0].remark.startswith(f"'ada', alone in {folder}, is taken for a student")
    assert [step.student for step in steps[1:]] == ["", "ada"]


def test_two_labs_of_one_course_do_not_mix(course, folder, fake, solved, monkeypatch, tmp_path):
    other = "lab91_other"
    write_source(course.solutions, other)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS | {other: CHECKS[LAB]})
    hand_in(folder, "ada", solved)
    hand_in(tmp_path / "other", "ada", with_answer(solved, "conv_macs", "x = 1"), f"{other}.ipynb")
    assert grade.grade(course, LAB, folder)["ada"].total == 4
    assert grade.grade(course, other, tmp_path / "other")["ada"].total == 3
    assert [request["lab"] for request in fake.asked] == [LAB, LAB, other, other]
    assert len({request["seed"] for request in fake.asked}) == 4
    assert (rows(to_csv(course, LAB))["ada"]["total"], rows(to_csv(course, other))["ada"]["total"]) == (
        "4",
        "3",
    )


def test_a_run_that_is_stopped_keeps_what_was_graded(course, folder, fake, solved):
    hand_in(folder, "ada", solved)
    hand_in(folder, "bob", solved)

    def stop(step):
        if step.student:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade.grade(course, LAB, folder, stop)
    assert set(read_results(course.journal, LAB)) == {"ada"}


def test_nobody_waits_while_a_result_is_stored(course, folder, fake, solved):
    class Crew(InlineCrew):
        def submit(self, task, lab, one, *arguments):
            events.append(f"{one.student} begins")
            return super().submit(task, lab, one, *arguments)

    for student in ("ada", "bob", "cy"):
        hand_in(folder, student, solved)
    events = []
    grade.grade(
        course, LAB, folder, lambda step: events.append(f"{step.student} stored"), crew=nullcontext(Crew())
    )
    assert [event for event in events if event != " stored"] == [
        "ada begins",
        "bob begins",
        "ada stored",
        "cy begins",
        "bob stored",
        "cy stored",
    ]


def test_what_is_handed_in_during_a_run_is_what_is_graded(course, folder, fake, solved):
    hand_in(folder, "ada", solved)
    hand_in(folder, "bob", with_answer(solved, "conv_params", "conv_params = lambda *sizes: 0"))

    def hand_in_again(step):
        if not step.student:
            hand_in(folder, "bob", solved)

    assert grade.grade(course, LAB, folder, hand_in_again)["bob"].total == 4
    with Journal(course.journal) as journal:
        graded = {entry.student: entry.digest for entry in journal.entries(LAB)}
    assert graded["bob"] == graded["ada"]
    steps = []
    grade.grade(course, LAB, folder, steps.append)
    assert [step.count for step in steps] == [0]


def test_a_class_need_not_fit_into_memory(course, folder, fake, solved, monkeypatch):
    """Each submission of a megabyte of pictures is in memory while it is graded, and no longer."""
    picture = v4.new_output("display_data", data={"image/png": "A" * 1_000_000})
    cell_of(solved, "conv_params").outputs.append(picture)
    for number in range(30):
        hand_in(folder, f"student{number}", solved)
    monkeypatch.setattr(grade, "work", lambda lab, one, *rest: Outcome(one.student, "not readable"))
    tracemalloc.start()
    try:
        grade.grade(course, LAB, folder)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 15e6


@pytest.mark.parametrize("name", ["=cmd()", "Zoë Ünal", "a+b", "o'neil; drop"])
def test_odd_names_of_students(course, folder, fake, solved, name):
    hand_in(folder, name, solved)
    hand_in(folder, "azz", solved)
    results = grade.grade(course, LAB, folder)
    assert results[name].total == 4
    exported = rows(to_csv(course, LAB))
    assert exported["'" + name if name.startswith("=") else name]["total"] == "4"
    assert len(write_feedback(course, LAB)) == 2


def test_a_lab_that_changed_under_submissions_is_told(course, folder, fake, solved):
    hand_in(folder, "ada", solved)
    grade.grade(course, LAB, folder)
    source = course.solutions / LAB / f"{LAB}.py"
    source.write_text(source.read_text().replace('grade="plain"', 'grade="other"'))
    with pytest.raises(GraderError, match=r"Cannot add or remove cells.*submissions"):
        grade.grade(course, LAB, folder)
    source.write_text(source.read_text().replace('grade="other"', 'grade="plain"'))
    assert grade.grade(course, LAB, folder)["ada"].total == 4


def test_a_damaged_record_is_told(course, folder, fake, solved):
    hand_in(folder, "ada", solved)
    course.root.mkdir(parents=True)
    course.journal.write_text('{"ada": 3}' * 100)
    with pytest.raises(GraderError, match=r"journal.db is damaged .* move it away.* and grade again"):
        grade.grade(course, LAB, folder)


def test_the_command_line(course, folder, fake, solved, monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setattr(cli, "Course", lambda root=course.root: course)
        status = cli.main([str(a) for a in arguments])
        return status, capsys.readouterr()

    hand_in(folder, "ada", solved)
    assert run("export", "lab90")[0] == 2
    assert run("build")[1].out == f"built {course.labs / LAB}\n"
    assert run("build", "--check") == (0, ("", ""))
    (course.labs / LAB / f"{LAB}.ipynb").unlink()
    status, printed = run("build", "--check")
    assert (status, printed.out.splitlines()[0]) == (1, f"stale: {course.labs / LAB / LAB}.ipynb")
    status, printed = run("grade", "lab90", "--from", folder)
    assert (status, printed.err) == (0, "")
    assert "[1/1] ada: graded 4 of 6 points (2 by hand)" in printed.out
    assert "A conv_params   B conv_macs   C test_plain   D why" in printed.out
    assert "1 page in" in run("feedback", "lab90")[1].out
    assert run("export", "lab90", "--format", "csv")[1].out.startswith("student,status,total,max,by_hand,")
    status, printed = run("grade", "lab91", "--from", folder)
    assert (status, printed.err.count("\n")) == (2, 1)
    assert printed.err.startswith("autograder: there is no lab 'lab91'")
    status, printed = run("feedback", "lab90", "--course", folder)
    assert nbformat.read(course.notebook("submitted", LAB, "ada"), 4).nbformat_minor == 5


@pytest.mark.parametrize("given", ["", "submitted"])
def test_what_nbgrader_collected_stays_as_it_was_handed_in(course, fake, solved, given):
    """The folder that nbgrader collects into is the one that the recorder writes to."""
    damaged = copy.deepcopy(solved)
    damaged.cells.remove(cell_of(damaged, "check_conv_macs"))
    folder = course.root / "submitted" / "ada"
    handed_in = hand_in(folder, LAB, damaged)
    handed_in.with_name("timestamp.txt").write_text("2026-10-01T12:00:00+02:00")
    other = hand_in(course.root / "submitted" / "bob", LAB, solved, name="mine.ipynb")
    before = {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}

    results = grade.grade(course, LAB, course.root / given)

    assert {student: result.total for student, result in results.items()} == {"ada": 4, "bob": 4}
    assert "The cell 'check_conv_macs' was missing; it was put back." in results["ada"].notes
    assert {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()} == before
    stamp = course.notebook("autograded", LAB, "ada").with_name("timestamp.txt")
    assert stamp.read_text() == "2026-10-01 10:00:00.000000 UTC"
    for student in results:
        assert answer_text(course, LAB, student, "conv_params").startswith("def conv_params(")
    steps = []
    assert grade.grade(course, LAB, course.root / given, steps.append) == results
    assert [step.count for step in steps] == [0]  # nothing has changed

    hand_in(folder.parent / "bob", LAB, with_answer(solved, "conv_macs", "conv_macs = 0"), name=other.name)
    assert grade.grade(course, LAB, course.root / given)["bob"].total == 3


def test_points_by_hand_that_are_older_than_the_answer_are_told(
    course, folder, fake, solved, monkeypatch, capsys
):
    def run(*arguments):
        monkeypatch.setattr(cli, "Course", lambda root=course.root: course)
        assert cli.main([str(a) for a in arguments]) == 0
        printed = capsys.readouterr()
        return printed.out + printed.err

    for student in ("ada", "bob"):
        hand_in(folder, student, solved)
    assert "a person gave" not in run("grade", "lab90", "--from", folder)
    with Gradebook(course.database) as gradebook:
        for student in ("ada", "bob"):
            given = gradebook.find_grade("why", LAB, LAB, student)
            given.manual_score, given.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    assert "a person gave" not in run("export", "lab90")
    hand_in(folder, "ada", with_answer(solved, "why", "I do not know."))
    told = (
        "Points that a person gave before the last grading still count; Manual Grading lists them: ada (why)"
    )
    printed = run("grade", "lab90", "--from", folder)
    assert told in printed
    assert "ada: graded 5.5 of 6 points" in printed
    assert told in run("export", "lab90")
    hand_in(folder, "ada", solved).write_text("no notebook")  # the gradebook's points are of no result now
    assert "a person gave" not in run("grade", "lab90", "--from", folder)
    assert "a person gave" not in run("export", "lab90").replace("no points", "")
