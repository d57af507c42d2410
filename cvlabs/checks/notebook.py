"""`lab`, `check` and `summary`: what the cells of a lab call.

    check, summary = lab("lab03_googlenet")     # once, at the top
    check("stem", stem)                          # below each exercise
    summary()                                    # at the end

In the student's own kernel `check` judges the public cases and shows a report. Under grading
(`CVLABS_CHECK_CASES` is set) the same call only probes: the cases come from the judge (see
`cvlabs.checks.cases`), and the evidence goes out as a display output for the judge to read.
"""

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Protocol

from cvlabs.checks import report
from cvlabs.checks.cases import unpack
from cvlabs.checks.errors import CheckFailed
from cvlabs.checks.evidence import MIME
from cvlabs.checks.verdict import Verdict
from cvlabs.grading import CASES, is_graded
from cvlabs.quiet import quiet

PUBLIC_SEED = "public"

_verdicts: dict[tuple[str, str], Verdict] = {}


class Check(Protocol):
    """`check` of one lab."""

    def __call__(self, name: str, answer: object) -> None:
        """Checks an answer and shows a report."""


def lab(name: str) -> tuple[Check, Callable[[], None]]:
    """Returns `check` and `summary` of one lab, since labs may have checks of the same name.

    Args:
        name: The lab, or the beginning of its name: `"lab03"`.

    Raises:
        ValueError: No lab, or more than one, has a name that begins so.
    """
    with quiet():
        found = import_module("cvlabs.checks.tasks").find_lab(name)
    return partial(check, lab=found), partial(summary, lab=found)


def check(name: str, answer: object, lab: str | None = None) -> None:
    """Checks an answer and shows a report of what is right and what is wrong.

    Args:
        name: The check, which is the name of the function that the lab asks for.
        answer: The function.
        lab: The check's lab, or the beginning of the lab's name; not needed where only one lab has a check of
            that name.

    Raises:
        ValueError: There is no such check, or several labs have one.
        CheckFailed: A public case fails. The report above the error says which and why.
    """
    if is_graded():
        _emit_evidence(name, answer, lab)
        return
    with quiet():
        task = import_module("cvlabs.checks.tasks").find_task(name, lab)
        verdict = _judge_public(task, answer)
    _verdicts[task.lab, task.name] = verdict
    _show(report.to_html(verdict), report.to_text(verdict))
    if verdict.outcome == "failed":
        raise CheckFailed(verdict)


def summary(lab: str | None = None) -> None:
    """Shows the points of every check that ran in this kernel, and which checks of the lab did not run.

    Args:
        lab: The lab, or the beginning of its name; without it, all labs of which a check ran.
    """
    if is_graded():
        return
    with quiet():
        module = import_module("cvlabs.checks.tasks")
        labs = {ran for ran, _ in _verdicts}
        labs &= labs if lab is None else {module.find_lab(lab)}
        tasks = [task for found in module.TASKS if found in labs for task in module.TASKS[found].values()]
        rows = [(t.name, t.summary, _verdicts.get((t.lab, t.name)), t.points) for t in tasks]
    if not rows:
        _show("<div>No check has run in this kernel yet.</div>", "No check has run in this kernel yet.")
        return
    _show(report.summary_html(rows), report.summary_text(rows))


def _judge_public(task: Any, answer: object) -> Verdict:
    try:
        probe: Callable[..., object] = import_module("cvlabs.checks.probe").probe
        judge = import_module("cvlabs.checks.judge").judge
        return judge(task, PUBLIC_SEED, probe(task, answer, task.draw(PUBLIC_SEED)), reveal=True)
    except Exception as error:  # noqa: BLE001  a fault of ours must not look like the student's
        reason = f"The check itself went wrong ({type(error).__name__}: {error}). This costs no points."
        return Verdict(task.name, "unjudged", hint=reason)


def _emit_evidence(name: str, answer: object, lab: str | None) -> None:
    cases = json.loads(os.environ[CASES])
    if name not in cases:
        return
    with quiet():
        task = import_module("cvlabs.checks.tasks").find_task(name, lab)
        record = import_module("cvlabs.checks.probe").probe(task, answer, unpack(cases[name]))
    _display({MIME: record, "text/plain": "evidence recorded"})


def _show(html: str, text: str) -> None:
    if _in_kernel():
        _display({"text/html": html, "text/plain": text})
    else:
        print(text)


def _in_kernel() -> bool:
    from IPython import get_ipython

    shell = get_ipython()
    return shell is not None and hasattr(shell, "kernel")


def _display(bundle: Mapping[str, object]) -> None:
    from IPython.display import display

    display(dict(bundle), raw=True)
