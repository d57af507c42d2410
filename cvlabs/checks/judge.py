"""Evidence against the reference's evidence: the verdict.

The judge runs no code of the student. It probes the reference on the same cases, compares aspect by aspect,
and where something differs looks for a misconception whose evidence equals the student's exactly. Networks of
our own are run only where all that shows without a run agrees with the student's.
It never enters a kernel that runs graded code.
"""

from collections.abc import Callable

from cvlabs.checks import compare, evidence
from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.hints import general_hint
from cvlabs.checks.ours import Ours, Remember, compute_anew, trial
from cvlabs.checks.task import Task, Trial
from cvlabs.checks.verdict import Aspect, State, Verdict

NO_EVIDENCE = (
    "The check left no evidence: its cell did not run, was stopped, or something in the notebook replaced "
    "it. Restart the kernel and run the whole notebook."
)


def judge(
    task: Task,
    seed: str,
    value: object | None,
    *,
    reveal: bool = False,
    remember: Remember = compute_anew,
) -> Verdict:
    """Judges the evidence of one check.

    Args:
        task: The task of the check.
        seed: The seed that its cases were drawn from.
        value: The evidence, as untrusted JSON; `None` if there is none.
        reveal: Whether details may show expected values; only for public cases.
        remember: Keeps the evidence of our own implementations beyond this process.

    Returns:
        The verdict. Evidence that is missing or malformed fails; anything that goes wrong on this side gives
        `"unjudged"` with the reason.
    """
    try:
        ours = Ours(task, task.relevant(seed), remember)
        if value is None:
            return _failed_at_once(task, NO_EVIDENCE)
        try:
            signature, trials = evidence.read(value, task.lab, task.name, len(ours.cases))
        except evidence.BadEvidence as error:
            return _failed_at_once(task, f"The check's evidence was tampered with or damaged ({error}).")
        if signature is not None:
            return _failed_at_once(task, signature)
        return _compare(ours, trials, reveal)
    except Exception as error:  # noqa: BLE001  a fault of ours must not become a student's zero
        reason = f"The check itself went wrong ({type(error).__name__}: {error}). This costs no points."
        return Verdict(task.name, "unjudged", hint=reason)


def _compare(ours: Ours, got: list[Trial], reveal: bool) -> Verdict:
    task, wrong = ours.task, None
    aspects: list[Aspect] = []
    for aspect in compare.ASPECTS[task.probe]:
        problem = None if wrong else _first_problem(ours, aspect, got, reveal)
        state: State = "skipped" if wrong else "passed" if problem is None else "failed"
        aspects.append(Aspect(aspect.name, aspect.title, state, problem or ""))
        wrong = wrong or (None if problem is None else aspect)
    if wrong is None:
        return Verdict(task.name, "passed", tuple(aspects))
    name, hint = _diagnose(ours, got, wrong) or (None, "")
    if name is None:
        hint = general_hint(task, ours.cases, got, _reference(ours, wrong.runs), wrong)
    return Verdict(task.name, "failed", tuple(aspects), hint, name)


def _first_problem(ours: Ours, aspect: compare.Compared, got: list[Trial], reveal: bool) -> str | None:
    for case, mine, expected in zip(ours.cases, got, _reference(ours, aspect.runs), strict=True):
        problem = aspect.compare(ours.task, case, mine, expected, reveal)
        if problem is not None:
            return problem
    return None


def _reference(ours: Ours, runs: bool) -> tuple[Trial, ...]:
    function = ANSWERS[ours.task.lab][ours.task.name].reference
    trials = tuple(trial(ours, function, i, runs) for i in range(len(ours.cases)))
    for one in trials:
        if one["outcome"] in ("raised", "form"):
            raise RuntimeError(f"the reference of {ours.task.name} does not run: {one}")
    return trials


def _diagnose(ours: Ours, got: list[Trial], wrong: compare.Compared) -> tuple[str, str] | None:
    """Finds the misconception that gives the student's evidence on every case.

    Of what raises, only the errors of Keras about shapes are compared: they say what was wrong, in full.
    """
    if any(mine["outcome"] == "raised" and mine["type"] != "ValueError" for mine in got):
        return None
    aspects = [a for a in compare.ASPECTS[ours.task.probe] if a == wrong or not a.samples]
    stages = [stage for runs in (False, True) if (stage := [a for a in aspects if a.runs == runs])]
    for function in ANSWERS[ours.task.lab][ours.task.name].misconceptions:
        # Case by case: most already differ in the first one's shapes or parameters.
        if all(_equal(ours, function, i, mine, stage) for stage in stages for i, mine in enumerate(got)):
            return function.__name__, " ".join((function.__doc__ or "").split())
    return None


def _equal(
    ours: Ours, function: Callable[..., object], index: int, got: Trial, aspects: list[compare.Compared]
) -> bool:
    """Whether one of ours agrees with the student on a case, in aspects that all need a run or all do not."""
    other = trial(ours, function, index, aspects[0].runs)
    if got["outcome"] != other["outcome"]:
        return False
    if got["outcome"] == "raised":
        return bool(got["message"]) and got["message"] == other["message"]
    if got["outcome"] == "form":
        return got == other
    case = ours.cases[index]
    return all(aspect.compare(ours.task, case, got, other, False) is None for aspect in aspects)


def _failed_at_once(task: Task, reason: str) -> Verdict:
    call, *rest = compare.ASPECTS[task.probe]
    skipped = [Aspect(a.name, a.title, "skipped") for a in rest]
    return Verdict(task.name, "failed", (Aspect(call.name, call.title, "failed", reason), *skipped))
