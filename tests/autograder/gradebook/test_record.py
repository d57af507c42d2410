"""What `record` writes is what nbgrader writes, all of it or nothing, and once more if it was stopped."""

import re
import shutil
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.errors import GraderError
from autograder.export import current_results
from autograder.gradebook.record import record_journal, recorder
from autograder.journal import Journal
from autograder.outcome import Outcome
from tests.autograder.gradebook_dump import dump
from tests.autograder.graded_class import put_on_record
from tests.autograder.on_record import record, to_csv
from tests.autograder.stock_class import by_hand, files, fill, policy
from tests.autograder.tiny_lab import LAB


@pytest.fixture
def course(stock, tmp_path) -> Course:
    """The course before anybody was graded."""
    shutil.copytree(stock.untouched.root, tmp_path / "course")
    return replace(stock.untouched, root=tmp_path / "course")


def test_the_rows_are_those_that_nbgrader_writes(course, stock):
    results = record(course, LAB, stock.first, policy)
    assert dump(course.database, LAB) == stock.after_first
    assert {s: (r.status, _points(r)) for s, r in results.items()} == {
        "ada": ("graded", 4),
        "blank": ("graded", 0),
        "biases": ("graded", 1),
        "unjudged": ("could not grade", None),
        "partial": ("graded", 2.25),
        "O'Neil Zoë": ("graded", 4),
    }
    assert all(r.total == _points(r) - r.late_penalty for r in results.values() if r.status == "graded")
    penalties = {s: row["penalty"][1] for s, row in stock.after_first["rows"].items()}
    assert penalties["biases"] == pytest.approx(0.1 * (25 / 24))  # every kind of answer is among them
    assert (penalties["ada"], penalties["partial"], penalties["O'Neil Zoë"]) == (None, 0, 4)

    by_hand(course.database)
    again = record(course, LAB, stock.second, policy)
    assert dump(course.database, LAB) == stock.after_second
    assert again["ada"].checks["why"].points == 1.5
    assert again["ada"].checks["conv_params"].points == 0.75  # by hand, with extra credit
    assert again["unjudged"].status == "graded"  # a person has judged it


def _points(result):
    return None if result.total is None else sum(check.points or 0 for check in result.checks.values())


def test_results_are_those_that_are_read_back(course, stock):
    for outcomes in (stock.first, stock.second):
        recorded = record(course, LAB, outcomes)
        put_on_record(course, recorded)
        assert {s: r.checks for s, r in recorded.items()} == {
            s: r.checks for s, r in current_results(course, LAB).items() if s in recorded
        }
        by_hand(course.database)


def test_the_files_are_those_that_nbgrader_leaves(course, stock):
    record(course, LAB, stock.first)
    record(course, LAB, stock.second)
    assert files(course) == files(stock.graded)
    assert course.notebook("autograded", LAB, "ada").stat().st_mode & 0o777 == 0o444
    assert course.notebook("submitted", LAB, "ada").stat().st_mode & 0o777 == 0o444


def test_recording_again_changes_nothing(course, stock):
    record(course, LAB, stock.first, policy)
    by_hand(course.database)
    record(course, LAB, stock.first, policy)
    before = dump(course.database, LAB), files(course)
    record(course, LAB, [*stock.first, *stock.first], policy)
    assert (dump(course.database, LAB), files(course)) == before


def test_what_was_not_executed_leaves_no_zero(course, stock):
    nothing = [
        Outcome("cut", "not readable", ("It is cut off.",)),
        Outcome("died", "could not grade", submitted="{}"),
    ]
    results = record(course, LAB, nothing)
    assert {s: (r.status, r.total, dict(r.checks)) for s, r in results.items()} == {
        "cut": ("not readable", None, {}), "died": ("could not grade", None, {}),
    }  # fmt: skip
    assert dump(course.database, LAB)["rows"] == {}
    assert files(course) == {f"submitted/died/{LAB}/{LAB}.ipynb": b"{}"}
    record(course, LAB, stock.first, policy)
    record(course, LAB, [Outcome("ada", "not readable", ("It is cut off.",))], policy)
    assert dump(course.database, LAB) == stock.after_first  # a person's points may be in it


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda text: "{", r"the graded notebook cannot be read \(JSONDecodeError"),
        (lambda text: "[]", r"the graded notebook cannot be read \(TypeError"),
        (lambda text: text.replace('"check_conv_macs"', '"check_other"'), "'check_other' is unknown"),
        (lambda text: text.replace('"check_conv_macs"', '"check_conv_params"'), "is there twice"),
        (
            lambda text: text.replace('"grade": true', '"grade": false', 1),
            "there is no cell check_conv_params",
        ),
        (
            lambda text: text.replace('"1.25"', '"7"'),
            "'test_plain' has no score: partial credit cannot be greater",
        ),
    ],
)
def test_an_outcome_that_does_not_fit_is_no_zero_and_stops_nobody(course, stock, spoil, why):
    partial = next(o for o in stock.first if o.student == "partial")
    spoilt = replace(partial, autograded=spoil(partial.autograded))
    results = record(course, LAB, [spoilt, stock.first[0]])
    assert (results["partial"].status, results["partial"].total) == ("could not grade", None)
    assert re.search(why, results["partial"].notes[-1])
    assert set(dump(course.database, LAB)["rows"]) == {"ada"}
    assert not course.notebook("autograded", LAB, "partial").exists()


def test_what_a_cell_is_worth_is_the_gradebooks_to_say(course, stock):
    ada = stock.first[0]
    forged = replace(ada, autograded=ada.autograded.replace('"points": 1', '"points": 99'))
    assert forged != ada
    record(course, LAB, [forged], policy)
    assert dump(course.database, LAB)["rows"]["ada"] == stock.after_first["rows"]["ada"]


@pytest.mark.parametrize("text", ["tomorrow, I swear", "2026-10-01 23:59:00 CEST", "23:59 UTC"])
def test_a_time_that_is_none_is_unknown(course, stock, text):
    result = record(course, LAB, [replace(stock.first[0], timestamp=text)])["ada"]
    told = f"timestamp.txt does not hold a time, or not one of a known zone ({text!r}); it was left out."
    assert result.notes == (told,)
    assert (result.status, result.total) == ("graded", 4)
    assert dump(course.database, LAB)["rows"]["ada"]["times"] == (None, None, 0)
    assert not course.notebook("submitted", LAB, "ada").with_name("timestamp.txt").exists()


def test_a_course_without_the_lab_or_the_gradebook(course, tmp_path):
    with pytest.raises(GraderError, match=r"the gradebook does not know lab99: run"):
        record(course, "lab99", [])
    empty = Course(tmp_path / "none")
    with pytest.raises(GraderError, match=r"there is no gradebook .*/none/gradebook.db: run"):
        record(empty, LAB, [])
    assert not empty.root.exists()
    (course.root / "gradebook.db").write_bytes(b"")
    with pytest.raises(GraderError, match=r"gradebook.db holds no labs: run"):
        record(course, LAB, [])
    (course.root / "gradebook.db").write_bytes(b"something else " * 100)
    with pytest.raises(GraderError, match=r"gradebook.db is damaged"):
        record(course, LAB, [])


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mssql+pyodbc://a@b/c", r"URL names mssql; expected postgresql://USER@HOST/DATABASE"),
        ("nonsense", r"URL cannot be used .*; expected postgresql://USER@HOST/DATABASE"),
        ("gradebook://x", r"URL names gradebook; expected postgresql://USER@HOST/DATABASE"),
    ],
)
def test_urls_that_are_none(course, url, message):
    with pytest.raises(GraderError, match=message):
        record(replace(course, db_url=url), LAB, [])


def test_the_export_has_what_was_recorded(course, stock):
    with Journal(course.journal) as journal:
        fill(journal, stock.first)
        with recorder(course, LAB) as record_some:
            record_journal(journal, LAB, record_some)
    lines = to_csv(course, LAB).splitlines()
    assert lines[1].startswith("O'Neil Zoë,graded,4,6,2,0,1,1,2,,")
    with Gradebook(course.database) as gradebook:
        assert len(gradebook.students) == len(lines) - 1
