"""Short markers, and what is said of wrong ones."""

import pytest

from autograder.errors import GraderError
from autograder.labs.markers import nbgrader_metadata

CHECKS = {"stem": 3}
REGION = "def stem(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
CALL = 'check("stem", stem)'


def test_a_check_cell_is_locked_and_named_after_its_check():
    metadata = nbgrader_metadata("code", {"grade": "stem", "points": 3}, CALL, CHECKS)
    assert metadata is not None
    assert metadata["grade_id"] == "check_stem"
    assert (metadata["grade"], metadata["locked"], metadata["solution"]) == (True, True, False)
    assert metadata["points"] == 3


def test_a_cell_with_plain_asserts_is_not_named_after_a_check():
    metadata = nbgrader_metadata("code", {"grade": "stem", "points": 2}, "assert stem", CHECKS)
    assert metadata is not None
    assert metadata["grade_id"] == "test_stem"


def test_a_solution_cell_can_be_written_in():
    metadata = nbgrader_metadata("code", {"solution": "stem"}, REGION, CHECKS)
    assert metadata is not None
    assert (metadata["grade"], metadata["locked"], metadata["solution"]) == (False, False, True)


def test_an_answer_cell_is_graded_by_hand():
    metadata = nbgrader_metadata("markdown", {"answer": "why", "points": 2}, "text", CHECKS)
    assert metadata is not None
    assert (metadata["grade"], metadata["locked"], metadata["solution"]) == (True, False, True)


def test_a_plain_cell_has_no_metadata():
    assert nbgrader_metadata("code", {}, "1 + 1", CHECKS) is None


@pytest.mark.parametrize(
    ("cell_type", "marker", "source", "message"),
    [
        ("code", {"soluton": "stem"}, REGION, "unknown marker 'soluton'; expected one of: solution, grade"),
        ("code", {"solution": "stem", "grade": "stem"}, REGION, "solution or grade, not both"),
        ("code", {"points": 3}, CALL, "points without"),
        ("code", {"solution": "the stem"}, REGION, "must be a name of letters"),
        ("code", {"solution": True}, REGION, "must be a name of letters"),
        ("markdown", {"solution": "stem"}, "text", "solution='stem' stands on a markdown cell"),
        ("code", {"answer": "why", "points": 1}, "1", "answer='why' stands on a code cell"),
        ("code", {"solution": "stem", "points": 3}, REGION, "takes no points"),
        ("code", {"grade": "stem"}, CALL, "needs points=N with N above 0, got None"),
        ("code", {"grade": "stem", "points": 0}, CALL, "needs points=N with N above 0, got 0"),
        ("code", {"grade": "stem", "points": True}, CALL, "needs points=N"),
        ("code", {"solution": "stem"}, "def stem(x): ...", "needs ### BEGIN SOLUTION"),
        ("code", {"grade": "stam", "points": 3}, 'check("stam", stam)', "no check of that name"),
        ("code", {"grade": "stem", "points": 2}, CALL, "gives 2 points; cvlabs.checks says 3"),
        ("code", {"grade": "head", "points": 3}, CALL, "stands on a cell that checks 'stem'"),
        ("code", {"grade": "stem", "points": 3}, CALL + "\nprint()", 'must be exactly check("stem", stem)'),
        ("code", {"grade": "stem", "points": 3}, 'check("stem", other)', "must be exactly"),
    ],
)
def test_a_wrong_marker_is_named(cell_type, marker, source, message):
    with pytest.raises(GraderError, match=message.replace("(", r"\(").replace(")", r"\)")):
        nbgrader_metadata(cell_type, marker, source, CHECKS)
