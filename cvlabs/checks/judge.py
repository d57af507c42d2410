"""Evidence against the reference's evidence: the verdict.

The judge runs no code of the student. It probes the reference on the same cases, compares aspect by aspect,
and where something differs looks for a misconception whose evidence equals the student's exactly.
It never enters a kernel that runs graded code.
"""

import functools
from collections.abc import Callable

from cvlabs.checks import compare, evidence
from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.probe import probe
from cvlabs.checks.quiet import quiet
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.verdict import Aspect, State, Verdict

NO_EVIDENCE = (
    "The check left no evidence: its cell did not run, was stopped, or something in the notebook replaced "
    "it. Restart the kernel and run the whole notebook."
)


def judge(task: Task, seed: str, value: object | None, *, reveal: bool = False) -> Verdict:
    """Judges the evidence of one check.

    Args:
        task: The task of the check.
        seed: The seed that its cases were drawn from.
        value: The evidence, as untrusted JSON; `None` if there is none.
        reveal: Whether details may show expected values; only for public cases.

    Returns:
        The verdict. Evidence that is missing or malformed fails; anything that goes wrong on this side gives
        `"unjudged"` with the reason.
    """
    try:
        cases = task.draw(seed)
        if value is None:
            return _failed_at_once(task, NO_EVIDENCE)
        try:
            signature, trials = evidence.read(value, task.lab, task.name, len(cases))
        except evidence.BadEvidence as error:
            return _failed_at_once(task, f"The check's evidence was tampered with or damaged ({error}).")
        if signature is not None:
            return _failed_at_once(task, signature)
        return _compare(task, seed, trials, reveal)
    except Exception as error:  # noqa: BLE001  a fault of ours must not become a student's zero
        reason = f"The check itself went wrong ({type(error).__name__}: {error}). This costs no points."
        return Verdict(task.name, "unjudged", hint=reason)


def _reference(task: Task, seed: str) -> tuple[Trial, ...]:
    function = ANSWERS[task.lab][task.name].reference
    trials = tuple(_trial(task, seed, function, i) for i in range(len(task.draw(seed))))
    for trial in trials:
        if trial["outcome"] in ("raised", "form"):
            raise RuntimeError(f"the reference of {task.name} does not run: {trial}")
    return trials


@functools.lru_cache(maxsize=4096)
def _trial(task: Task, seed: str, function: Callable[..., object], index: int) -> Trial:
    """Evidence of one of our own implementations on one case."""
    with quiet():
        record = probe(task, function, task.draw(seed)[index : index + 1])
    signature, trials = evidence.read(record, task.lab, task.name, 1)
    if signature is not None:
        raise RuntimeError(f"{function!r}: {signature}")
    return trials[0]


def _compare(task: Task, seed: str, got: list[Trial], reveal: bool) -> Verdict:
    cases, expected = task.draw(seed), _reference(task, seed)
    aspects: list[Aspect] = []
    failed = False
    for aspect in compare.ASPECTS[task.probe]:
        problem = None if failed else _first(aspect.compare, task, cases, got, expected, reveal)
        state: State = "skipped" if failed else "passed" if problem is None else "failed"
        aspects.append(Aspect(aspect.name, aspect.title, state, problem or ""))
        failed = failed or problem is not None
    if not failed:
        return Verdict(task.name, "passed", tuple(aspects))
    name, hint = _diagnose(task, seed, cases, got) or (None, "")
    return Verdict(task.name, "failed", tuple(aspects), hint or _general_hint(task, got, aspects), name)


def _first(
    comparison: compare.Comparison,
    task: Task,
    cases: tuple[Case, ...],
    got: list[Trial],
    expected: tuple[Trial, ...],
    reveal: bool,
) -> str | None:
    problems = (comparison(task, *trial, reveal) for trial in zip(cases, got, expected, strict=True))
    return next((problem for problem in problems if problem is not None), None)


def _diagnose(task: Task, seed: str, cases: tuple[Case, ...], got: list[Trial]) -> tuple[str, str] | None:
    """Finds the misconception that gives the student's evidence on every case.

    Case by case, since most misconceptions already differ in the first one's shapes or parameters.
    """
    if any(trial["outcome"] == "raised" for trial in got):
        return None
    for function in ANSWERS[task.lab][task.name].misconceptions:
        trials = (_trial(task, seed, function, i) for i in range(len(cases)))
        if all(_equal(task, *trial) for trial in zip(cases, got, trials, strict=True)):
            return function.__name__, " ".join((function.__doc__ or "").split())
    return None


def _equal(task: Task, case: Case, got: Trial, other: Trial) -> bool:
    if got["outcome"] != other["outcome"]:
        return False
    if got["outcome"] == "form":
        return bool(got["got"] == other["got"])
    return all(a.compare(task, case, got, other, False) is None for a in compare.ASPECTS[task.probe])


def _general_hint(task: Task, got: list[Trial], aspects: list[Aspect]) -> str:
    if any(t["outcome"] == "raised" and t["type"] == "NotImplementedError" for t in got):
        return "This function is not written yet."
    failed = next(a.name for a in aspects if a.state == "failed")
    return next(a.hint for a in compare.ASPECTS[task.probe] if a.name == failed)


def _failed_at_once(task: Task, reason: str) -> Verdict:
    call, *rest = compare.ASPECTS[task.probe]
    skipped = [Aspect(a.name, a.title, "skipped") for a in rest]
    return Verdict(task.name, "failed", (Aspect(call.name, call.title, "failed", reason), *skipped))
