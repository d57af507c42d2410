"""`check` and `summary`: what the cells of a lab call.

In the student's own kernel `check` judges the public cases and shows a report. Under grading
(`CVLABS_CHECK_SEEDS` is set) the same call only probes: the cases come from the judge's seeds, and the
evidence goes out as a display output for the judge to read.
"""

import json
import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from cvlabs.checks import report
from cvlabs.checks.errors import CheckFailed
from cvlabs.checks.evidence import MIME
from cvlabs.checks.quiet import quiet
from cvlabs.checks.verdict import Verdict

SEEDS = "CVLABS_CHECK_SEEDS"
PUBLIC_SEED = "public"

_verdicts: dict[str, Verdict] = {}


def check(name: str, answer: object) -> None:
    """Checks an answer and shows a report of what is right and what is wrong.

    Args:
        name: The check, which is the name of the function that the lab asks for.
        answer: The function.

    Raises:
        ValueError: There is no check of that name.
        CheckFailed: A public case fails. The report above the error says which and why.
    """
    seeds = os.environ.get(SEEDS)
    if seeds is not None:
        _emit_evidence(name, answer, json.loads(seeds))
        return
    with quiet():
        verdict = _judge_public(name, answer)
    _verdicts[name] = verdict
    _show(report.to_html(verdict), report.to_text(verdict))
    if verdict.outcome == "failed":
        raise CheckFailed(verdict)


def summary() -> None:
    """Shows the points of every check that ran in this kernel, and which checks of the lab did not run."""
    if os.environ.get(SEEDS) is not None:
        return
    with quiet():
        tasks = import_module("cvlabs.checks.tasks").TASKS
        labs = {tasks[name].lab for name in _verdicts}
        rows = [
            (task.name, task.summary, _verdicts.get(task.name), task.points)
            for task in tasks.values()
            if task.lab in labs
        ]
    if not rows:
        _show("<div>No check has run in this kernel yet.</div>", "No check has run in this kernel yet.")
        return
    _show(report.summary_html(rows), report.summary_text(rows))


def _judge_public(name: str, answer: object) -> Verdict:
    task = _task(name)
    try:
        probe: Callable[..., object] = import_module("cvlabs.checks.probe").probe
        judge = import_module("cvlabs.checks.judge").judge
        return judge(name, PUBLIC_SEED, probe(task, answer, task.draw(PUBLIC_SEED)), reveal=True)
    except Exception as error:  # noqa: BLE001  a fault of ours must not look like the student's
        reason = f"The check itself went wrong ({type(error).__name__}: {error}). This costs no points."
        return Verdict(name, "unjudged", hint=reason)


def _emit_evidence(name: str, answer: object, seeds: Mapping[str, str]) -> None:
    if name not in seeds:
        return
    with quiet():
        task = _task(name)
        record = import_module("cvlabs.checks.probe").probe(task, answer, task.draw(seeds[name]))
    _display({MIME: record, "text/plain": "evidence recorded"})


def _task(name: str) -> Any:
    import difflib

    tasks = import_module("cvlabs.checks.tasks").TASKS
    if name not in tasks:
        near = difflib.get_close_matches(str(name), tasks, n=3) or sorted(tasks)
        raise ValueError(f"There is no check named {name!r}. Did you mean {' or '.join(map(repr, near))}?")
    return tasks[name]


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
