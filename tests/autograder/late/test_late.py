"""The late policy: what a penalty comes to, and what the file may say."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from autograder.course import Course
from autograder.errors import GraderError
from autograder.late.policy import FILE, LatePolicy, penalty, policy_of, read_policies

DUE = datetime(2026, 10, 1, 21, 59)
HOUR, DAY = 3600, 86_400
PERCENT = LatePolicy(DUE, "percent", percent_per_day=10, most_percent=50, grace_hours=2)


@pytest.mark.parametrize(
    ("seconds", "points"),
    [
        (-DAY, 0),
        (0, 0),
        (1, 0),
        (2 * HOUR, 0),  # the grace
        (2 * HOUR + 1, 1.2),  # the first day has begun
        (DAY, 1.2),
        (DAY + 1, 2.4),
        (4 * DAY + 1, 6),
        (5 * DAY + 1, 6),  # the most
        (1000 * DAY, 6),
    ],
)
def test_percent_of_the_maximum_for_each_day_begun(seconds, points):
    assert penalty(PERCENT, 11, 12, seconds) == pytest.approx(points)


def test_percent_of_the_score():
    policy = LatePolicy(DUE, "percent", percent_per_day=25, of="score")
    assert [penalty(policy, 8, 12, days * DAY) for days in range(6)] == [0, 2, 4, 6, 8, 8]


def test_zero_leaves_nothing_and_none_takes_nothing():
    assert penalty(LatePolicy(DUE, "zero", grace_hours=1), 7.5, 12, HOUR + 1) == 7.5
    assert penalty(LatePolicy(DUE, "zero", grace_hours=1), 7.5, 12, HOUR) == 0
    assert penalty(LatePolicy(DUE, "none"), 7.5, 12, 100 * DAY) == 0


def test_a_penalty_is_what_exact_arithmetic_says_and_grows_with_time():
    draw = np.random.default_rng(5)
    for _ in range(300):
        per_day, most, score, seconds = (int(draw.integers(low, high)) for low, high in
                                         ((1, 101), (0, 101), (0, 13), (1, 40 * DAY)))  # fmt: skip
        of = ("maximum", "score")[int(draw.integers(2))]
        policy = LatePolicy(DUE, "percent", per_day, of, most)
        days = -(-seconds // DAY)
        exact = min(
            Fraction(score), Fraction(min(per_day * days, most), 100) * {"maximum": 12, "score": score}[of]
        )
        assert penalty(policy, score, 12, seconds) == pytest.approx(float(exact))
        assert penalty(policy, score, 12, seconds + DAY) >= penalty(policy, score, 12, seconds)


def write(folder, text):
    (folder / FILE).write_text(text)
    return folder / FILE


def test_a_lab_takes_from_the_default_what_it_does_not_say(tmp_path):
    policies = read_policies(write(tmp_path, """
        [default]
        policy = "percent"
        percent_per_day = 10
        grace_hours = 2
        [a]
        due = 2026-10-01T23:59:00+02:00
        [b]
        due = 2026-10-02T00:00:00Z
        most_percent = 30.5
        of = "score"
        [c]
        due = 2026-10-02T00:00:00Z
        policy = "zero"
        [d]
        due = 2026-10-02T00:00:00Z
        policy = "none"
        [nothing]
    """))  # fmt: skip
    midnight = datetime(2026, 10, 2)
    assert policies == {
        "a": LatePolicy(DUE, "percent", 10, grace_hours=2),
        "b": LatePolicy(midnight, "percent", 10, "score", 30.5, 2),
        "c": LatePolicy(midnight, "zero", grace_hours=2),
        "d": LatePolicy(midnight, "none"),
    }


def test_without_a_file_nothing_is_late(tmp_path):
    assert read_policies(tmp_path / FILE) == {}


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24", "2026-07-01"])
def test_a_due_date_is_the_moment_that_its_offset_says(tmp_path, day):
    """Around the nights on which the clocks change, too; days are of 24 hours, whatever the clocks do."""
    local = datetime.fromisoformat(f"{day}T23:59:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    text = f'[lab]\npolicy = "percent"\npercent_per_day = 10\ndue = {local.isoformat()}'
    policy = read_policies(write(tmp_path, text))["lab"]
    assert policy.due == local.astimezone(UTC).replace(tzinfo=None)
    for hours, days in ((23.9, 1), (24, 1), (24.1, 2)):
        handed_in = (local.astimezone(UTC) + timedelta(hours=hours)).replace(tzinfo=None)
        assert penalty(policy, 10, 10, (handed_in - policy.due).total_seconds()) == days


LATE = '[lab]\ndue = 2026-10-01T23:59:00+02:00\npolicy = "percent"\npercent_per_day = 10\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[lab", "cannot be read: "),
        ('policy = "none"', "'policy' stands outside of a table"),
        (
            LATE + "percent_per_days = 3",
            r"\[lab\] has an unknown key 'percent_per_days'; did you mean percent_per",
        ),
        (LATE + "colour = 3", r"unknown key 'colour'; there are: policy, percent_per_day, of"),
        (LATE.replace("+02:00", ""), r"due is 2026-10-01T23:59:00; expected .* with its offset from UTC"),
        (
            LATE.replace("T23:59:00+02:00", ""),
            r"due is datetime.date\(2026, 10, 1\); expected a date and time",
        ),
        (LATE.replace("2026-10-01T23:59:00+02:00", "'2026-10-01'"), "due is '2026-10-01'; expected"),
        (LATE.replace("percent", "procent", 1), "policy is 'procent'; expected 'none', 'zero' or 'percent'"),
        (LATE.replace("10\n", "'10'\n"), "percent_per_day is '10'; expected a number above 0"),
        (LATE.replace("= 10", "= -1"), "percent_per_day is -1; expected a number above 0, at most 100"),
        (LATE.replace("= 10", "= true"), "percent_per_day is True"),
        (LATE.replace("= 10", "= nan"), "percent_per_day is nan"),
        (LATE + "most_percent = 101", "most_percent is 101; expected a number from 0 to 100"),
        (LATE + "grace_hours = -1", "grace_hours is -1"),
        (LATE + "of = 'sum'", "of is 'sum'; expected 'maximum' or 'score'"),
        (LATE.replace("percent_per_day = 10\n", ""), "policy 'percent' and no percent_per_day"),
        (
            LATE.replace('"percent"', '"zero"'),
            r"\[lab\] has percent_per_day, which the policy 'zero' does not use",
        ),
        (
            '[default]\npolicy = "none"\ngrace_hours = 1',
            r"\[default\] has grace_hours, which the policy 'none'",
        ),
        ("[default]\ndue = 2026-10-01T23:59:00Z", "a due date belongs into the table of a lab"),
        ('[lab]\npolicy = "none"', r"\[lab\] has no due; write: due = 2026-"),
        ("[lab]\ndue = 2026-10-01T23:59:00Z", r'\[lab\] has no policy; write: policy = "percent"'),
    ],
)
def test_mistakes_in_the_file_are_told(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(GraderError, match=f"late_policy.toml.*{message}"):
        read_policies(path)


def test_a_lab_that_does_not_exist_is_told(course: Course):
    course.root.mkdir()
    write(course.root, LATE.replace("[lab]", "[lab90_tini]"))
    with pytest.raises(GraderError, match=r"there is no lab 'lab90_tini'; did you mean lab90_tiny\?"):
        policy_of(course, "lab90_tiny")
    write(course.root, LATE.replace("[lab]", "[lab90_tiny]"))
    assert policy_of(course, "lab90_tiny").percent_per_day == 10
