"""Judging again, and replaying, what was executed: nothing is executed for it, and what changes is told."""

import pytest

from autograder import appeal, build, grade, rejudge
from autograder.errors import GraderError
from autograder.rejudge import Change
from tests.autograder import fake_grading
from tests.autograder.tiny_lab import CHECKS, LAB, hand_in


@pytest.fixture
def graded(course, solved, monkeypatch, tmp_path):
    client = fake_grading.pretend(monkeypatch)
    for module in (appeal, rejudge):
        monkeypatch.setattr(module, "judge_client", lambda log: client)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    hand_in(tmp_path / "class", "ada", solved)
    assert grade.grade(course, LAB, tmp_path / "class")["ada"].total == 4
    return client


def test_a_check_that_was_mended_changes_marks_without_executing(course, graded, monkeypatch):
    monkeypatch.setattr(fake_grading, "execute", None)
    assert rejudge.rejudge(course, LAB) == []
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    assert rejudge.rejudge(course, LAB) == [Change("ada", "conv_macs", 1, 0)]
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 864)
    assert rejudge.rejudge(course, LAB, only=("bob",)) == []
    assert rejudge.rejudge(course, LAB) == [Change("ada", "conv_macs", 0, 1)]


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
