"""The trusted judge: a process of its own that loads Keras once and runs no student's code.

Draws the cases that kernels get, and judges what they leave. Reads one JSON request per line on standard
input, writes one JSON answer per line:

    {"lab": …, "name": …, "seed": …, "evidence": …, "pieces": 1, "reason": "", "points": 5}
 -> {"outcome": …, "html": …, "text": …, "hint": …, "misconception": …, "aspects": [[name, state], …]}
    {"lab": …, "draw": {name: seed, …}}
 -> {"cases": {name: [case, …], …}}

`pieces` is how many outputs with evidence the grade cell left; `reason`, why the cell came to
no end, if known. With `"reveal": true`, for instructors, the answer has the cases too, and shows what was
expected.
"""

import dataclasses
import gc
import json
import os
import sys
from typing import Any, TextIO

from autograder.judging.kept import kept_evidence


def main() -> None:
    """Answers requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    for line in sys.stdin:
        _answer(json.loads(line), answers)


def _answer(request: dict[str, Any], answers: TextIO) -> None:
    try:
        answer = _draw(**request) if "draw" in request else _judge(**request)
    except Exception as error:  # noqa: BLE001  whatever goes wrong here is our fault and costs nobody points
        answer = {"outcome": "unjudged", "hint": f"The judge failed: {type(error).__name__}: {error}"}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
    gc.collect()  # models are cycles, and hold hundreds of megabytes until their generation's turn comes


def _draw(lab: str, draw: dict[str, str]) -> dict[str, Any]:
    from cvlabs.checks.cases import pack
    from cvlabs.checks.tasks import find_task

    return {"cases": {name: pack(find_task(name, lab).draw(seed)) for name, seed in draw.items()}}


def _judge(
    lab: str,
    name: str,
    seed: str,
    evidence: object | None,
    pieces: int,
    reason: str,
    points: float,
    reveal: bool = False,
) -> dict[str, Any]:
    from cvlabs.checks import report
    from cvlabs.checks.judge import judge
    from cvlabs.checks.tasks import find_task
    from cvlabs.checks.wording import in_full

    task = find_task(name, lab)
    known = evidence if pieces == 1 else None
    verdict = judge(task, seed, known, reveal=reveal, remember=kept_evidence())
    if pieces > 1:
        reason = f"The check left evidence {pieces} times; something in the notebook calls or imitates it."
    if pieces != 1 and reason and verdict.outcome == "failed" and verdict.aspects:
        first = dataclasses.replace(verdict.aspects[0], detail=reason)
        verdict = dataclasses.replace(verdict, aspects=(first, *verdict.aspects[1:]))
    got = {"passed": points, "failed": 0.0}.get(verdict.outcome)
    cases = {"cases": [in_full(task, case) for case in task.draw(seed)]} if reveal else {}
    return cases | {
        "outcome": verdict.outcome,
        "html": report.to_html(verdict, got, points),
        "text": report.to_text(verdict, got, points),
        "hint": verdict.hint,
        "misconception": verdict.misconception,
        "aspects": [[aspect.title, aspect.state] for aspect in verdict.aspects],
    }


if __name__ == "__main__":
    main()
