"""The bank: every right and wrong answer of `tests/submissions/` through probe and judge.

No right answer may be rejected, no wrong one accepted, and a wrong one must fail where it is wrong and,
if it has a name, under that name.
"""

import collections
import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.judge import judge
from cvlabs.checks.probe import probe
from cvlabs.checks.quiet import quiet
from cvlabs.checks.tasks import TASKS
from cvlabs.checks.verdict import Verdict

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "submissions" / "lab03_googlenet"
LAB = ROOT / "solutions" / "lab03_googlenet" / "lab03_googlenet.py"
SEED = "bank"
PER_TEST = 15  # submissions; so that the long check is spread over the processes of xdist


@dataclass(frozen=True)
class Submission:
    """One solution cell, and what is expected of its check."""

    check: str
    name: str
    source: str
    verdict: str
    aspect: str | None
    misconception: str | None


def read(path: Path) -> Submission:
    source = path.read_text(encoding="utf-8")
    header = dict(re.findall(r"^# (verdict|aspect|misconception): (\w+)$", source, re.MULTILINE))
    return Submission(
        path.parent.name,
        path.stem,
        source,
        header["verdict"],
        header.get("aspect"),
        header.get("misconception"),
    )


@functools.cache
def submissions(check: str) -> list[Submission]:
    return [read(path) for path in sorted((BANK / check).glob("*.py"))]


@functools.cache
def cells() -> list[tuple[str, str]]:
    """Marker and source of every code cell of the lab."""
    parts = re.split(r"^# %%(.*)$", LAB.read_text(encoding="utf-8"), flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(marker.strip(), source) for marker, source in pairs if "[markdown]" not in marker]


def namespace(check: str) -> dict[str, object]:
    """What the cell of `check` finds: the lab's locked cells, for the network also the other solutions."""
    names: dict[str, object] = {"__name__": "__main__"}
    for marker, source in cells():
        if marker.startswith("locked=") or (check == "googlenet" and marker.startswith("solution=")):
            exec(compile(source, f"<{marker}>", "exec"), names)
    return names


def judged(submission: Submission) -> Verdict:
    task = TASKS[submission.check]
    with quiet():
        names = namespace(submission.check)
        exec(compile(submission.source, f"<{submission.name}>", "exec"), names)
        evidence = probe(task, names[submission.check], task.draw(SEED))
    return judge(submission.check, SEED, json.loads(json.dumps(evidence)))


def disagreement(submission: Submission, verdict: Verdict) -> str | None:
    """Says how the verdict differs from the one expected, `None` if it does not."""
    failed = next((aspect for aspect in verdict.aspects if aspect.state == "failed"), None)
    got = (verdict.outcome, failed.name if failed else None, verdict.misconception)
    expected = (submission.verdict, submission.aspect, submission.misconception)
    if got == expected:
        return None
    kind = {("passed", "failed"): "FALSE REJECT", ("failed", "passed"): "FALSE ACCEPT"}
    label = kind.get((submission.verdict, verdict.outcome), "wrong diagnosis")
    detail = failed.detail if failed else verdict.hint
    return f"{label}: {submission.check}/{submission.name}: expected {expected}, got {got}. {detail}"


def portions() -> list[object]:
    return [
        pytest.param(check, slice(start, start + PER_TEST), id=f"{check}-{start}")
        for check in ANSWERS
        for start in range(0, len(submissions(check)), PER_TEST)
    ]


@pytest.mark.parametrize(("check", "portion"), portions())
def test_every_submission_gets_the_expected_verdict(check, portion, record_property):
    counts: collections.Counter[str] = collections.Counter()
    problems = []
    for submission in submissions(check)[portion]:
        verdict = judged(submission)
        counts[f"{submission.verdict} {verdict.outcome}"] += 1
        counts["named"] += verdict.misconception is not None
        problems.append(disagreement(submission, verdict))
    record_property("bank", [check, dict(counts)])  # summed up at the end of a run
    print(check, dict(counts))
    assert not any(problems), "\n".join(filter(None, problems))


@pytest.mark.parametrize("check", ANSWERS)
def test_the_bank_is_large_enough(check):
    verdicts = collections.Counter(submission.verdict for submission in submissions(check))
    assert verdicts["passed"] >= 5
    assert verdicts["failed"] >= 10


@pytest.mark.parametrize("check", ANSWERS)
def test_file_names_agree_with_headers(check):
    for submission in submissions(check):
        assert submission.name.startswith("right_" if submission.verdict == "passed" else "wrong_")
        assert (submission.aspect is None) == (submission.verdict == "passed")


@pytest.mark.parametrize("check", ANSWERS)
def test_every_misconception_is_in_the_bank(check):
    named = {submission.misconception for submission in submissions(check)}
    assert {wrong.__name__ for wrong in ANSWERS[check].misconceptions} <= named
