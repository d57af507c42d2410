"""Evidence against the reference's evidence: the verdict.

The judge runs no code of the student. It probes the reference on the same cases, compares aspect by aspect,
and where something differs looks for a misconception whose evidence equals the student's exactly.
It never enters a kernel that runs graded code.
"""

import functools
from collections.abc import Callable, Iterator

from cvlabs.checks import compare, evidence
from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.probe import probe
from cvlabs.checks.quiet import quiet
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.tasks import TASKS
from cvlabs.checks.verdict import Aspect, State, Verdict

NO_EVIDENCE = (
    "The check left no evidence: its cell did not run, was stopped, or something in the notebook replaced "
    "it. Restart the kernel and run the whole notebook."
)


def judge(name: str, seed: str, value: object | None, *, reveal: bool = False) -> Verdict:
    """Judges the evidence of one check.

    Args:
        name: The check.
        seed: The seed that its cases were drawn from.
        value: The evidence, as untrusted JSON; `None` if there is none.
        reveal: Whether details may show expected values; only for public cases.

    Returns:
        The verdict. Evidence that is missing or malformed fails; anything that goes wrong on this side gives
        `"unjudged"` with the reason.

    Raises:
        KeyError: There is no check of that name.
    """
    task = TASKS[name]
    try:
        cases = task.draw(seed)
        if value is None:
            return _failed_at_once(task, NO_EVIDENCE)
        try:
            signature, trials = evidence.read(value, name, len(cases))
        except evidence.BadEvidence as error:
            return _failed_at_once(task, f"The check's evidence was tampered with or damaged ({error}).")
        if signature is not None:
            return _failed_at_once(task, signature)
        return _compare(task, cases, trials, _reference(name, seed), reveal)
    except Exception as error:  # noqa: BLE001  a fault of ours must not become a student's zero
        reason = f"The check itself went wrong ({type(error).__name__}: {error}). This costs no points."
        return Verdict(name, "unjudged", hint=reason)


@functools.lru_cache(maxsize=256)
def _reference(name: str, seed: str) -> tuple[Trial, ...]:
    task = TASKS[name]
    return tuple(_trials(task, ANSWERS[name].reference, task.draw(seed)))


def _trials(task: Task, function: Callable[..., object], cases: tuple[Case, ...]) -> list[Trial]:
    with quiet():
        signature, trials = evidence.read(probe(task, function, cases), task.name, len(cases))
    raised = next((t for t in trials if t["outcome"] == "raised"), None)
    if signature is not None or raised is not None:
        raise RuntimeError(f"the implementation {function!r} does not run: {signature or raised}")
    return trials


def _compare(
    task: Task, cases: tuple[Case, ...], got: list[Trial], expected: tuple[Trial, ...], reveal: bool
) -> Verdict:
    aspects: list[Aspect] = []
    failed = False
    for aspect in compare.ASPECTS[task.probe]:
        problem = None if failed else _first(aspect.compare, task, cases, got, expected, reveal)
        state: State = "skipped" if failed else "passed" if problem is None else "failed"
        aspects.append(Aspect(aspect.name, aspect.title, state, problem or ""))
        failed = failed or problem is not None
    if not failed:
        return Verdict(task.name, "passed", tuple(aspects))
    name, hint = _diagnose(task, cases, got) or (None, "")
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


def _diagnose(task: Task, cases: tuple[Case, ...], got: list[Trial]) -> tuple[str, str] | None:
    """Finds the misconception that gives the student's evidence on every case."""
    if any(trial["outcome"] in ("raised", "form") for trial in got):
        return None
    for misconception in ANSWERS[task.name].misconceptions:
        if all(
            _equal(task, *trial)
            for trial in zip(cases, got, _lazily(task, misconception, cases), strict=True)
        ):
            return misconception.__name__, " ".join((misconception.__doc__ or "").split())
    return None


def _lazily(task: Task, function: Callable[..., object], cases: tuple[Case, ...]) -> Iterator[Trial]:
    """Probes case by case: most misconceptions already differ in the first one's shapes or parameters."""
    for case in cases:
        yield from _trials(task, function, (case,))


def _equal(task: Task, case: Case, got: Trial, other: Trial) -> bool:
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
