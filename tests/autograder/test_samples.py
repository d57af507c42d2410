"""Whole notebooks of the real lab, in real kernels and before the real judge: each gets what it deserves,
whatever else is in its class."""

import pytest

from autograder import samples
from autograder.course import Course
from autograder.feedback import write_feedback
from autograder.grade import grade

pytestmark = pytest.mark.slow

LAB = "lab03_googlenet"


def graded(some, root):
    """Grades a class of samples; returns the results and each student's page."""
    course = Course(root / "course")
    samples.write(some, samples.read_lab(course, LAB), root / "class")
    results = grade(course, LAB, root / "class")
    return results, {page.parts[-3]: page.read_text() for page in write_feedback(course, LAB)}


def expected(sample):
    if sample.lost is None:
        return None
    return {name: name not in sample.lost for name in samples.CHECKS}


def points(result):
    if result.total is None:
        return None
    checks = {name: check for name, check in result.checks.items() if name in samples.CHECKS}
    assert all(check.points in (0, check.max) for check in checks.values())
    return {name: check.points == check.max for name, check in checks.items()}


@pytest.mark.parametrize("group", ["HONEST", "DAMAGED", "CHEATS"])
def test_every_sample_gets_its_points(tmp_path, group):
    some = getattr(samples, group)
    results, pages = graded(some, tmp_path)
    assert set(results) == set(pages) == set(some)
    got = {student: points(results[student]) for student in some}
    assert got == {student: expected(sample) for student, sample in some.items()}
    for student, sample in some.items():
        status = "not readable" if sample.lost is None else "graded"
        assert results[student].status == status, student
        damaged = group == "DAMAGED" or student == "cheat_exits_in_checks"
        assert bool(results[student].notes) == damaged, student
        assert all(note.split(" ")[0] in pages[student] for note in results[student].notes)
        assert "ANSWERS" not in pages[student] or "cheat" in student


def test_the_samples_name_every_check():
    from cvlabs.checks.tasks import TASKS

    assert sorted(samples.CHECKS) == sorted(name for name, task in TASKS.items() if task.lab == LAB)
