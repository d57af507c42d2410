"""Judging again, and replaying, what was executed: nothing is executed for it, and what changes is told."""

import copy
import shutil
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from autograder import appeal, cli, grade, rejudge, versions
from autograder.course import REPOSITORY
from autograder.errors import GraderError
from autograder.gradebook.marks import points_to_look_at
from autograder.journal import Journal, read_results
from autograder.kernels.view import kernel_files
from autograder.labs import build
from autograder.outcome import pack, unpack
from autograder.rejudge import Change, Rejudged
from tests.autograder import fake_grading
from tests.autograder.tiny_lab import CHECKS, LAB, cell_of, hand_in


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "class"


@pytest.fixture
def graded(course, solved, monkeypatch, folder):
    client = fake_grading.pretend(monkeypatch)
    for module in (appeal, rejudge):
        monkeypatch.setattr(module, "judge_client", lambda log: client)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    hand_in(folder, "ada", solved)
    assert grade.grade(course, LAB, folder)["ada"].total == 4
    return client


def changes(course, only=()):
    judged = rejudge.rejudge(course, LAB, only)
    assert judged.outdated == ()
    return list(judged.changes)


def stop_before_recording(monkeypatch, module, times):
    """Lets the module record that often, then stops it between the journal and the gradebook."""
    record, calls = module.record_journal, []

    def stopping(*arguments):
        calls.append(arguments)
        if len(calls) > times:
            raise KeyboardInterrupt
        return record(*arguments)

    monkeypatch.setattr(module, "record_journal", stopping)


def test_a_check_that_was_mended_changes_marks_without_executing(course, graded, monkeypatch):
    monkeypatch.setattr(fake_grading, "execute", None)
    assert changes(course) == []
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    assert changes(course) == [Change("ada", "conv_macs", 1, 0)]
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 864)
    assert changes(course, only=("ada",)) == [Change("ada", "conv_macs", 0, 1)]


def test_points_by_hand_are_to_look_at_only_where_the_verdict_changed(
    course, graded, folder, solved, monkeypatch
):
    with Gradebook(course.database) as gradebook:
        for name, points in (("why", 1.5), ("check_conv_params", 0.5), ("check_conv_macs", 0.5)):
            given = gradebook.find_grade(name, LAB, LAB, "ada")
            given.manual_score, given.needs_manual_grade = points, False
        gradebook.db.commit()
    assert changes(course) == []
    assert points_to_look_at(course, LAB) == {}
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    assert changes(course) == []  # what a person gave counts
    assert points_to_look_at(course, LAB) == {"ada": ["conv_macs"]}
    assert changes(course) == []  # nobody has looked at it yet
    assert points_to_look_at(course, LAB) == {"ada": ["conv_macs"]}
    cell_of(solved, "why").source = "I do not know."
    hand_in(folder, "ada", solved)
    grade.grade(course, LAB, folder)
    assert points_to_look_at(course, LAB) == {"ada": ["conv_macs", "conv_params", "why"]}


def test_evidence_made_on_cases_of_another_lab_is_not_judged(course, graded, folder, solved, monkeypatch):
    hand_in(folder, "bob", solved)
    monkeypatch.setattr(grade, "lab_version", lambda folder: "after the mend")
    grade.grade(course, LAB, folder, select=grade.Selection(only=("bob",)))
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    asked = len(graded.asked)
    assert rejudge.rejudge(course, LAB) == Rejudged((Change("bob", "conv_macs", 1, 0),), ("ada",))
    assert len(graded.asked) == asked + 2
    assert read_results(course.journal, LAB)["ada"].total == 4
    assert rejudge.rejudge(course, LAB, only=("bob",)) == Rejudged((), ())
    grade.grade(course, LAB, folder)  # which executes ada's again
    assert rejudge.rejudge(course, LAB) == Rejudged((), ())


def test_an_outcome_that_does_not_say_of_which_lab_it_is_is_not_judged(course, graded):
    with Journal(course.journal) as journal:
        digest = journal.entries(LAB)[0].digest
        outcome = unpack(pack(replace(journal.outcome(LAB, "ada"), run=None)))
        journal.done(LAB, outcome, digest)
    assert rejudge.rejudge(course, LAB) == Rejudged((), ("ada",))


def test_the_command_says_who_was_not_judged_again(course, graded, monkeypatch, capsys):
    monkeypatch.setattr(cli, "Course", lambda root=course.root: course)
    assert cli.main(["grade", "lab90", "--rejudge"]) == 0
    assert capsys.readouterr().out == "No mark changed.\n"
    monkeypatch.setattr(grade, "lab_version", lambda folder: "after the mend")
    assert cli.main(["grade", "lab90", "--rejudge"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].split(maxsplit=1) == [
        "ada",
        "not judged again: the lab has changed since it was executed",
    ]
    assert told[1] == "No mark changed."
    assert told[2].startswith("1 submission not judged again, with the marks of before")
    assert told[2].endswith(f"run: python -m autograder grade {LAB} --from FOLDER")
    assert cli.main(["grade", "lab90", "--rejudge", "--only", "adda"]) == 2
    told = f"autograder: there is no submission of 'adda' (did you mean 'ada'?) on record in {LAB}\n"
    assert capsys.readouterr().err == told


def test_the_drawing_of_cases_is_part_of_a_labs_version_and_the_judge_is_not(tmp_path, monkeypatch):
    package, release = tmp_path / "cvlabs", tmp_path / "release"
    shutil.copytree(REPOSITORY / "cvlabs" / "checks", package / "checks")
    release.mkdir()
    monkeypatch.setattr(versions, "kernel_files", lambda: kernel_files(package))
    before = versions.lab_version(release)

    def is_part(name):
        path = package / "checks" / name
        text = path.read_text()
        path.write_text(f"{text}# mended\n")
        changed = versions.lab_version(release) != before
        path.write_text(text)
        return changed

    tasks = sorted(path.name for path in package.glob("checks/tasks_*.py"))
    assert len(tasks) >= 4
    assert all(is_part(name) for name in [*tasks, "tables_lab02.py", "task.py", "cases.py", "probe.py"])
    assert not is_part("judge.py")
    assert not is_part("answers/lab03_stem.py")


def test_points_that_a_person_gave_are_no_change_of_a_check(course, graded, monkeypatch):
    with Gradebook(course.database) as gradebook:
        gradebook.find_grade("why", LAB, LAB, "ada").manual_score = 1.5
        gradebook.find_grade("check_conv_params", LAB, LAB, "ada").manual_score = 0.5
        gradebook.db.commit()
    assert changes(course) == []
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    monkeypatch.setitem(fake_grading.RIGHT, "conv_params", 1)
    assert changes(course) == [Change("ada", "conv_macs", 1, 0)]  # what a person gave for the other one stays


def test_changes_are_told_after_a_run_that_stopped_before_the_gradebook(
    course, graded, folder, solved, monkeypatch
):
    hand_in(folder, "cy", solved)
    with monkeypatch.context() as patch:
        stop_before_recording(patch, grade, 1)
        with pytest.raises(KeyboardInterrupt):
            grade.grade(course, LAB, folder)
    assert "cy" not in read_results(course.journal, LAB)
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    assert changes(course) == [Change("ada", "conv_macs", 1, 0), Change("cy", "conv_macs", 1, 0)]


def test_changes_of_a_call_that_was_stopped_are_told_by_the_next_one(course, graded, monkeypatch):
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    with monkeypatch.context() as patch:
        stop_before_recording(patch, rejudge, 1)
        with pytest.raises(KeyboardInterrupt):
            rejudge.rejudge(course, LAB)
    assert read_results(course.journal, LAB)["ada"].total == 4
    assert changes(course) == [Change("ada", "conv_macs", 1, 0)]
    assert changes(course) == []


def test_whom_nobody_knows_cannot_be_judged_again(course, graded):
    with pytest.raises(
        GraderError, match=r"no submission of 'adda' \(.*'ada'\?\), 'bob' on record in lab90_tiny"
    ):
        rejudge.rejudge(course, LAB, only=("bob", "ada", "adda"))


def test_an_appeal_asks_for_the_same_seed_and_names_what_is_unknown(course, graded):
    seed = next(r["seed"] for r in graded.asked if r["name"] == "conv_macs")
    with pytest.raises(GraderError, match="the judge could not say"):  # the stand-in knows no cases
        appeal.appeal(course, LAB, "ada", "conv_macs")
    assert graded.asked[-1]["seed"] == seed
    assert (graded.asked[-1]["points"], graded.asked[-1]["reveal"]) == (1, True)
    with pytest.raises(GraderError, match=r"'bob' is not on record .* there are: ada"):
        appeal.appeal(course, LAB, "bob", "conv_macs")
    with pytest.raises(GraderError, match=r"no check 'stem' on record .* there are: conv_params, conv_macs"):
        appeal.appeal(course, LAB, "ada", "stem")


def test_an_appeal_says_when_the_last_submission_has_no_verdict(course, graded, folder, solved, monkeypatch):
    fault = copy.deepcopy(solved)
    cell_of(fault, "conv_params").source = "# GRADER FAULT"
    hand_in(folder, "ada", fault)
    grade.grade(course, LAB, folder)
    with pytest.raises(
        GraderError,
        match=r"no verdict on 'conv_macs' of ada's last submission .* could not grade: .* OSError: disk full",
    ):
        appeal.appeal(course, LAB, "ada", "conv_macs")
    hand_in(folder, "cy", solved)
    with monkeypatch.context() as patch:
        stop_before_recording(patch, grade, 1)
        with pytest.raises(KeyboardInterrupt):
            grade.grade(course, LAB, folder)
    with pytest.raises(GraderError, match=r"of cy's last submission .* not recorded yet: run grade"):
        appeal.appeal(course, LAB, "cy", "conv_macs")


def test_an_appeal_says_when_the_cases_may_be_others(course, graded, monkeypatch):
    answer = {"cases": ["conv_macs(1)"], "text": "wrong", "outcome": "failed"}
    monkeypatch.setattr(graded, "ask", lambda **request: answer)
    assert "the lab has changed" not in appeal.appeal(course, LAB, "ada", "conv_macs")
    monkeypatch.setattr(appeal, "lab_version", lambda folder: "after the mend")
    assert "the lab has changed since: these may be other" in appeal.appeal(course, LAB, "ada", "conv_macs")
