"""Late penalties in the gradebook: nbgrader's own step is the oracle of ours."""

import zipfile
from datetime import datetime, timedelta

import nbformat
import numpy as np
import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from autograder import grade
from autograder.export import current_results
from autograder.feedback.pages import write_feedback
from autograder.labs import build
from autograder.late.gradebook import apply_policy, describe, set_due_date
from autograder.late.policy import FILE
from autograder.nbgrader_config import configure
from tests.autograder.fake_grading import pretend
from tests.autograder.graded_class import CELLS, Student, fill
from tests.autograder.on_record import to_csv
from tests.autograder.tiny_lab import CHECKS, LAB, hand_in

DUE = datetime(2026, 10, 1, 21, 59)
HEAD = f"[{LAB}]\ndue = 2026-10-01T23:59:00+02:00\n"
POLICIES = {
    "none": 'policy = "none"',
    "zero": 'policy = "zero"',
    "zero_after_grace": 'policy = "zero"\ngrace_hours = 30',
    "of_maximum": 'policy = "percent"\npercent_per_day = 10\ngrace_hours = 2\nmost_percent = 50',
    "of_score": 'policy = "percent"\npercent_per_day = 15\nof = "score"',
}


def write_policy(course, text):
    course.root.mkdir(parents=True, exist_ok=True)
    (course.root / FILE).write_text(HEAD + text)


def random_class(count=40):
    draw = np.random.default_rng(3)
    return {
        f"student{i:02}": Student(
            {
                name: None if draw.random() < 0.1 else most * draw.integers(3) / 2
                for name, most in CELLS.items()
            },
            DUE + timedelta(hours=float(draw.uniform(-48, 240))) if i % 8 else None,
            timedelta(days=2) if i % 5 == 0 else None,
        )
        for i in range(count)
    }


def by_nbgrader(course, students, config):
    """Lets nbgrader's own step write the penalties, student by student."""
    for student in students:
        names = {"notebook": LAB, "assignment": LAB, "student": student, "db_url": course.database}
        AssignLatePenalties(config=config).preprocess(nbformat.v4.new_notebook(), {"nbgrader": names})
    return penalties(course)


def penalties(course):
    with Gradebook(course.database) as gradebook:
        found = gradebook.notebook_submissions(LAB, LAB)
        return {notebook.student.id: notebook.late_submission_penalty for notebook in found}


def due_date(course):
    with Gradebook(course.database) as gradebook:
        return gradebook.find_assignment(LAB).duedate


@pytest.mark.parametrize("policy", POLICIES)
def test_nbgraders_own_step_writes_what_we_write(course, policy):
    students = random_class()
    fill(course, students)
    write_policy(course, POLICIES[policy])
    applied = apply_policy(course, LAB)
    ours = penalties(course)
    theirs = by_nbgrader(course, students, configure(Config(), course.root, course.database))
    assert ours == theirs
    assert {s: p.now or None for s, p in applied.items()} == theirs
    assert any(theirs.values()) == (policy != "none")
    again = apply_policy(course, LAB)
    assert all(p.before == p.now for p in again.values())


def test_zero_is_nbgraders_zero(course):
    students = random_class()
    fill(course, students)
    write_policy(course, POLICIES["zero"])
    apply_policy(course, LAB)
    ours = penalties(course)
    config = configure(Config(), course.root, course.database)
    config.AssignLatePenalties.plugin_class = LateSubmissionPlugin
    config.LateSubmissionPlugin.penalty_method = "zero"
    theirs = by_nbgrader(course, students, config)
    assert {s: p or 0 for s, p in ours.items()} == {s: p or 0 for s, p in theirs.items()}


def test_a_new_policy_needs_no_execution(course):
    fill(course, {"late": Student(handed_in=DUE + timedelta(hours=30)), "timely": Student(handed_in=DUE)})
    write_policy(course, POLICIES["of_maximum"])
    assert "late: 1.2 days late, −1.2 points, until now −0" in describe(apply_policy(course, LAB))
    write_policy(course, POLICIES["of_score"])
    assert current_results(course, LAB)["late"].late_penalty == pytest.approx(6 * 0.3)
    (course.root / FILE).unlink()
    assert current_results(course, LAB)["late"].total == 6
    assert penalties(course) == {"late": None, "timely": None}


def test_points_given_by_hand_later_count_for_the_penalty(course):
    scores = CELLS | {"why": None}
    fill(course, {"late": Student(scores, DUE + timedelta(hours=1))})
    write_policy(course, POLICIES["zero"])
    assert current_results(course, LAB)["late"].late_penalty == 4
    with Gradebook(course.database) as gradebook:
        gradebook.find_grade("why", LAB, LAB, "late").manual_score = 2
        gradebook.db.commit()
    result = current_results(course, LAB)["late"]
    assert (result.late_penalty, result.total) == (6, 0)


def test_the_due_date_follows_the_file(course):
    fill(course, {})
    set_due_date(course, LAB)
    assert due_date(course) is None
    write_policy(course, POLICIES["zero"])
    set_due_date(course, LAB)
    set_due_date(course, LAB)
    assert due_date(course) == DUE
    (course.root / FILE).write_text("")
    set_due_date(course, LAB)
    assert due_date(course) is None


def test_without_a_file_nbgraders_due_date_stays_and_costs_nothing(course):
    students = {"late": Student(handed_in=DUE + timedelta(days=1))}
    fill(course, students)
    with Gradebook(course.database) as gradebook:
        gradebook.update_or_create_assignment(LAB, duedate=DUE)
    assert apply_policy(course, LAB)["late"].now == 0
    assert due_date(course) == DUE
    assert by_nbgrader(course, students, configure(Config(), course.root, course.database)) == {"late": None}


def test_a_course_without_a_gradebook_stays_without(course):
    write_policy(course, POLICIES["zero"])
    set_due_date(course, LAB)
    assert apply_policy(course, LAB) == {}
    assert not (course.root / "gradebook.db").exists()


def test_from_the_time_stamp_to_the_feedback_page(course, solved, tmp_path, monkeypatch):
    """The stock converter, from `timestamp.txt` on; only kernels and the judge are stood in for."""
    pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    write_policy(course, POLICIES["of_maximum"])
    build.build_course(course, LAB, CHECKS)
    set_due_date(course, LAB)
    stamps = {"early": "2026-10-01 20:00:00 UTC", "late": "2026-10-03T00:00:00+02:00", "undated": None}
    for student, stamp in stamps.items():
        path = hand_in(tmp_path / "downloads", student, solved)
        if stamp:
            path.with_name("timestamp.txt").write_text(stamp)
    grade.grade(course, LAB, tmp_path / "downloads")

    written = penalties(course)
    assert written == {"early": None, "late": pytest.approx(1.2), "undated": None}
    assert {s: p.before - p.now for s, p in apply_policy(course, LAB).items()} == dict.fromkeys(stamps, 0.0)
    late = next(line for line in to_csv(course, LAB).splitlines() if line.startswith("late,"))
    assert late.startswith("late,graded,2.8,6,2,1.2,")
    pages = {page.parts[-3]: page.read_text() for page in write_feedback(course, LAB)}
    assert "<b>2.8 of 6 points" in pages["late"]
    assert "Late submission: −1.2 points, already subtracted." in pages["late"]
    assert "Late submission" not in pages["early"]


def test_where_the_notebook_lies_decides_nothing_about_the_time(course, solved, tmp_path, monkeypatch):
    pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    write_policy(course, POLICIES["zero"])
    folder, late, early = tmp_path / "downloads", "2026-10-03 12:00:00 UTC", "2026-09-01 12:00:00 UTC"
    hand_in(folder, "deep", solved, f"sub/{LAB}.ipynb")
    hand_in(folder, "forger", solved, f"sub/{LAB}.ipynb").with_name("timestamp.txt").write_text(early)
    (folder / "zipper").mkdir()
    with zipfile.ZipFile(folder / "zipper" / "work.zip", "w") as archive:
        archive.writestr(f"{LAB}.ipynb", nbformat.v4.writes(solved))
        archive.writestr("timestamp.txt", early)
    for student in ("deep", "forger", "zipper"):
        (folder / student / "timestamp.txt").write_text(late)
    results = grade.grade(course, LAB, folder)
    assert {s: (r.total, r.late_penalty) for s, r in results.items()} == dict.fromkeys(results, (0, 4))
    assert penalties(course) == {"deep": 4, "forger": 4, "zipper": 4}


def test_a_policy_that_cannot_be_read_fails_the_grading_step_in_words(course):
    fill(course, {"ada": Student(handed_in=DUE + timedelta(days=1))})
    write_policy(course, POLICIES["zero"])
    set_due_date(course, LAB)
    write_policy(course, 'policy = "zer"')
    with pytest.raises(Exception, match=r"late_policy.toml: \[lab90_tiny\] policy is 'zer'; expected"):
        by_nbgrader(course, ["ada"], configure(Config(), course.root, course.database))
