"""The bank: every right and wrong answer of `tests/submissions/` through probe and judge.

No right answer may be rejected, no wrong one accepted, and a wrong one must fail where it is wrong and,
if it has a name, under that name.
"""

import collections

import pytest

from cvlabs.checks.answers import ANSWERS
from tests.checks.bank import BANK, CHECKS, disagreement, is_slow, judged, submissions

SEED = "bank"
PER_TEST = 15  # submissions; so that the long check is spread over the processes of xdist


def portions() -> list[object]:
    return [
        pytest.param(
            lab,
            check,
            slice(start, start + PER_TEST),
            id=f"{lab}-{check}-{start}",
            marks=[pytest.mark.slow] if is_slow(lab, check) else [],
        )
        for lab, check in CHECKS
        for start in range(0, len(submissions(lab, check)), PER_TEST)
    ]


@pytest.mark.parametrize(("lab", "check", "portion"), portions())
def test_every_submission_gets_the_expected_verdict(lab, check, portion, record_property):
    counts: collections.Counter[str] = collections.Counter()
    problems = []
    for submission in submissions(lab, check)[portion]:
        verdict = judged(submission, SEED)
        counts[f"{submission.verdict} {verdict.outcome}"] += 1
        counts["named"] += verdict.misconception is not None
        problems.append(disagreement(submission, verdict))
    record_property("bank", [f"{lab}/{check}", dict(counts)])  # summed up at the end of a run
    print(lab, check, dict(counts))
    assert not any(problems), "\n".join(filter(None, problems))


@pytest.mark.parametrize(
    ("lab", "check", "name", "seed"),
    [
        # Two cases whose sizes were all odd, where padding both sides alike is the same.
        ("lab03_googlenet", "stem", "wrong_symmetric_padding", "s36"),
        ("lab03_googlenet", "stem", "wrong_symmetric_padding", "s48"),
        # Products that single precision holds exactly.
        ("lab01_alexnet", "conv_macs", "wrong_single_precision", "s7.x"),
        # Averages that change little beside the others.
        ("lab04_resnet", "bottleneck_block", "wrong_first_norm_collects_nothing", "s4.x"),
        ("lab04_resnet", "bottleneck_block", "wrong_first_norm_collects_nothing", "s7.x"),
        ("lab04_resnet", "conv_bn_relu", "wrong_averages_leave_the_batch", "s3.x"),
        ("lab04_resnet", "conv_bn_relu", "wrong_averages_leave_the_batch", "s5.x"),
    ],
)
def test_wrong_answers_that_some_cases_let_pass(lab, check, name, seed):
    (submission,) = (one for one in submissions(lab, check) if one.name == name)
    assert disagreement(submission, judged(submission, seed)) is None


def test_every_folder_of_the_bank_belongs_to_a_check():
    found = {path.parts[-3:-1] for path in BANK.glob("*/*/*.py") if path.parent.name != "cheats"}
    assert {(lab, check) for lab, check in found if lab != "hostile"} == set(CHECKS)


@pytest.mark.parametrize(("lab", "check"), CHECKS)
def test_the_bank_is_large_enough(lab, check):
    verdicts = collections.Counter(submission.verdict for submission in submissions(lab, check))
    assert verdicts["passed"] >= 5
    assert verdicts["failed"] >= 10


@pytest.mark.parametrize(("lab", "check"), CHECKS)
def test_file_names_agree_with_headers(lab, check):
    for submission in submissions(lab, check):
        assert submission.name.startswith("right_" if submission.verdict == "passed" else "wrong_")
        assert (submission.aspect is None) == (submission.verdict == "passed")


@pytest.mark.parametrize(("lab", "check"), CHECKS)
def test_every_misconception_is_in_the_bank(lab, check):
    named = {submission.misconception for submission in submissions(lab, check)}
    assert {wrong.__name__ for wrong in ANSWERS[lab][check].misconceptions} <= named
