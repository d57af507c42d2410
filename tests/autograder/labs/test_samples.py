"""Whole notebooks of the real labs, in real kernels and before the real judge: each gets what it deserves,
whatever else is in its class."""

import pytest

from autograder.course import Course
from autograder.feedback.pages import write_feedback
from autograder.grade import grade
from autograder.labs import sample_kinds, samples

pytestmark = pytest.mark.slow

KINDS = {
    "honest": sample_kinds.honest,
    "troubled": sample_kinds.troubled,
    "damaged": sample_kinds.damaged,
    "cheats": sample_kinds.cheats,
}
CLASSES = [("lab03_googlenet", kind) for kind in KINDS] + [
    (lab, "honest") for lab in samples.labs_with_samples() if lab != "lab03_googlenet"
]


@pytest.mark.parametrize(("name", "kind"), CLASSES)
def test_every_sample_gets_its_points(tmp_path, name, kind):
    course = Course(tmp_path / "course")
    lab = samples.read_lab(course, name)
    some = KINDS[kind](lab)
    samples.write(some, lab, tmp_path / "class")
    results = grade(course, name, tmp_path / "class")
    pages = {page.parts[-3]: page.read_text() for page in write_feedback(course, name)}
    assert set(results) == set(pages) == set(some)
    got = {student: points(lab, results[student]) for student in some}
    assert got == {student: expected(lab, sample) for student, sample in some.items()}
    for student, sample in some.items():
        status = "not readable" if sample.lost is None else "graded"
        assert results[student].status == status, student
        mended = kind == "damaged" or student == "cheat_exits_in_checks"
        assert bool(results[student].notes) == mended, student
        assert all(note.split(" ")[0] in pages[student] for note in results[student].notes)
        assert "ANSWERS" not in pages[student] or "cheat" in student


def expected(lab, sample):
    if sample.lost is None:
        return None
    return {name: name not in sample.lost for name in lab.checks}


def points(lab, result):
    if result.total is None:
        return None
    checks = {name: check for name, check in result.checks.items() if name in lab.checks}
    assert all(check.points in (0, check.max) for check in checks.values())
    return {name: check.points == check.max for name, check in checks.items()}
