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
from cvlabs.checks.probe import probe, probe_model
from cvlabs.checks.probe_blocks import probe_model_of_blocks
from cvlabs.checks.tasks import TASKS
from cvlabs.checks.verdict import Verdict
from cvlabs.quiet import quiet

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "submissions"
CHECKS = [(lab, check) for lab, answers in ANSWERS.items() for check in answers]
SEED = "bank"
PER_TEST = 15  # submissions; so that the long check is spread over the processes of xdist


@dataclass(frozen=True)
class Submission:
    """One solution cell, and what is expected of its check."""

    lab: str
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
        path.parent.parent.name,
        path.parent.name,
        path.stem,
        source,
        header["verdict"],
        header.get("aspect"),
        header.get("misconception"),
    )


@functools.cache
def submissions(lab: str, check: str) -> list[Submission]:
    return [read(path) for path in sorted((BANK / lab / check).glob("*.py"))]


@functools.cache
def cells(lab: str) -> list[tuple[str, str]]:
    """Marker and source of every code cell of a lab."""
    text = (ROOT / "solutions" / lab / f"{lab}.py").read_text(encoding="utf-8")
    parts = re.split(r"^# %%(.*)$", text, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(marker.strip(), source) for marker, source in pairs if "[markdown]" not in marker]


def namespace(lab: str, check: str) -> dict[str, object]:
    """What the cell of `check` finds: read-only cells above it, and right answers to earlier exercises."""
    names: dict[str, object] = {"__name__": "__main__"}
    for marker, source in cells(lab):
        if marker == f'solution="{check}"':
            return names
        if marker.startswith(("locked=", "solution=")):
            exec(compile(source, f"<{marker}>", "exec"), names)
    raise LookupError(f"{lab} has no cell for the answer {check!r}")


def judged(submission: Submission) -> Verdict:
    task = TASKS[submission.lab][submission.check]
    with quiet():
        names = namespace(submission.lab, submission.check)
        exec(compile(submission.source, f"<{submission.name}>", "exec"), names)
        evidence = probe(task, names[submission.check], task.draw(SEED))
    return judge(task, SEED, json.loads(json.dumps(evidence)))


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
    where = f"{submission.lab}/{submission.check}/{submission.name}"
    return f"{label}: {where}: expected {expected}, got {got}. {detail}"


def is_slow(lab: str, check: str) -> bool:
    """Whether its answers are whole networks."""
    return TASKS[lab][check].probe in (probe_model, probe_model_of_blocks)


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
        verdict = judged(submission)
        counts[f"{submission.verdict} {verdict.outcome}"] += 1
        counts["named"] += verdict.misconception is not None
        problems.append(disagreement(submission, verdict))
    record_property("bank", [f"{lab}/{check}", dict(counts)])  # summed up at the end of a run
    print(lab, check, dict(counts))
    assert not any(problems), "\n".join(filter(None, problems))


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
