"""The bank of `tests/submissions/`: right and wrong answers, run and judged as a student's would be."""

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

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


def judged(submission: Submission, seed: str) -> Verdict:
    """Runs a submission on the cases of a seed, and judges what it left."""
    task = TASKS[submission.lab][submission.check]
    with quiet():
        names = namespace(submission.lab, submission.check)
        exec(compile(submission.source, f"<{submission.name}>", "exec"), names)
        evidence = probe(task, names[submission.check], task.draw(seed))
    return judge(task, seed, json.loads(json.dumps(evidence)))


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
