"""What to do where an answer is wrong and equals no known misconception."""

from collections import Counter
from collections.abc import Mapping, Sequence

from cvlabs.checks.compare import Compared
from cvlabs.checks.hints_calls import hint_of_a_call
from cvlabs.checks.hints_numbers import hint_of_numbers
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.weights import Filling, fillings
from cvlabs.checks.wording import listed

WITHOUT_WEIGHTS = (
    "Take one pixel with five channels, compute its result with pencil and paper, and compare it with what "
    "your function returns."
)
RANDOM = (
    "Without training=True all is right, and nothing in this exercise is random: look for a dropout or noise "
    "that the text does not ask for."
)
NORMALIZATION = (
    "Without training=True all is right, so what acts in training alone is left: a normalization, which uses "
    "the batch then and collects averages for prediction, or something random that the text does not ask for."
)
SHARED = "Make the layers inside of the function, so that each call of it makes new ones."
FROZEN = (
    "You have as many parameters as expected. Training changes kernels, biases, gamma and beta, no others: "
    "look for `trainable` in your code, and at weights that you add yourself."
)
NAMES = " Name a weight that you add yourself as Keras does: gamma, beta, moving_mean or moving_variance."
DROPOUT = " Does your dropout act in training alone, without `training=True` in your code?"
LOST = (
    "Your function makes these weights, but they are not in the network. Is the output of a layer not used, "
    "because the next line reads `x` again, say, or because a branch is not joined? Or are layers made in "
    "the `call` of your own Layer, or in a Lambda? Make those in its `__init__`, or in the function itself."
)


def general_hint(
    task: Task, cases: Sequence[Case], got: Sequence[Trial], expected: Sequence[Trial], wrong: Compared
) -> str:
    """Returns the hint for an answer that fails in the aspect `wrong`; empty where there is nothing to add.

    Args:
        task: The task.
        cases: Its cases.
        got: The student's evidence.
        expected: The reference's.
        wrong: The first aspect in which the two differ.
    """
    if wrong.name == "call":
        return hint_of_a_call(task, cases, got) or wrong.hint
    if any(t["outcome"] == "form" and e["outcome"] != "value" for t, e in zip(got, expected, strict=True)):
        return ""  # what it returned has no shape to be followed
    drops = any(case.noise_batch and not case.compare_training for case in cases)
    if wrong.name == "params":
        return _of_params(got, expected) or wrong.hint
    if wrong.name == "output" and all(t["outcome"] == "value" for t in got):
        return hint_of_numbers(got, expected) or wrong.hint
    if wrong.name == "output" and all(t["outcome"] == "built" for t in got):
        return _of_outputs(cases, got, expected) or f"{wrong.hint}{DROPOUT if drops else ''}"
    if wrong.name == "training" and not drops:
        return RANDOM if any(noise > 1e-3 for trial in got for noise in trial["noise"]) else NORMALIZATION
    return wrong.hint


def _without(some: Mapping[str, int], others: Mapping[str, int]) -> Counter[str]:
    return Counter(some) - Counter(others)


def _of_params(got: Sequence[Trial], expected: Sequence[Trial]) -> str:
    """The hint for parameters whose number is right, or whose weights are made and lost."""
    pairs = list(zip(got, expected, strict=True))
    if any(sum(mine["params"]) != sum(right["params"]) for mine, right in pairs):
        missing = [_without(right["weights"], mine["weights"]) for mine, right in pairs]
        made = not any(_without(few, mine["lost"]) for few, mine in zip(missing, got, strict=True))
        return LOST if any(missing) and made else ""
    return FROZEN if any(mine["params"] != right["params"] for mine, right in pairs) else SHARED


def _of_outputs(cases: Sequence[Case], got: Sequence[Trial], expected: Sequence[Trial]) -> str:
    """The hint for outputs that differ, where it is not the order of the layers that may be wrong."""
    if not any(sum(trial["params"]) for trial in expected):
        return WITHOUT_WEIGHTS
    for case, mine, right in zip(cases, got, expected, strict=True):
        yours, others = _differing(mine, right, case), _differing(right, mine, case)
        if yours or others:
            named = NAMES if any(word in others for word in ("gamma", "variance")) else ""
            return (
                "You have as many parameters as expected, but your weights have other shapes. "
                f"Yours: {yours}. Expected: {others}. Did you split one layer into several, join several "
                "into one, or transpose a weight? Then write each layer that the text asks for as a layer of "
                f"its own. Otherwise compare the widths of your layers with the text.{named}"
            )
    return ""


def _differing(one: Trial, other: Trial, case: Case) -> str:
    """Lists the weights of `one` that are filled with values of which `other` has none."""
    more = _counted(one, case) - _counted(other, case)
    keys = _without(one["weights"], other["weights"])
    return listed(Counter({key: n for key, n in keys.items() if fillings(key, case.grouped) & more}), most=6)


def _counted(trial: Trial, case: Case) -> Counter[Filling]:
    counts: Counter[Filling] = Counter()
    for key, n in trial["weights"].items():
        for filling, times in fillings(key, case.grouped).items():
            counts[filling] += n * times
    return counts
