"""The aspects of a check of layers or of a model: shapes, parameters, outputs, behaviour in training."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.wording import call, listed, shape

# Of the ways of means and of variances; a variance divided by n - 1 goes some hundredths further.
WAY_TOLERANCES = (0.02, 0.1)
COINCIDENCES = 2  # averages that stay by rounding; a normalization that collects nothing has more
RTOL = 1e-4  # of an output, and a tenth of it of the largest one: some outputs are near zero


def has_shape(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The output has the right shape, with any batch size."""
    if got["outcome"] != "built":
        by_layers = "a tensor made from x by layers or keras.ops"
        wanted = by_layers if task.takes_tensor else "a keras.Model"
        return f"{call(task, case)} must return {wanted}, got {got.get('got', 'a number')}."
    if len(got["shapes"]) != len(expected["shapes"]):
        return f"{call(task, case)} has {len(got['shapes'])} outputs, expected {len(expected['shapes'])}."
    for mine, right in zip(got["shapes"], expected["shapes"], strict=True):
        if mine != right:
            return f"{call(task, case)} gives the shape {shape(mine)}, expected {shape(right)}."
    return None


def has_params(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """The parameters are as many as expected, also when the function is called twice."""
    mine, right = got["params"], expected["params"]
    if sum(mine) != sum(right):
        more = sum(mine) - sum(right)
        difference = f"{abs(more):,} {'more' if more > 0 else 'fewer'}"
        explained = _explain(Counter(got["weights"]), Counter(expected["weights"]))
        return (
            f"{call(task, case)} has {sum(mine):,} parameters, expected {sum(right):,}: "
            f"{difference}{explained}."
        )
    if mine != right:
        return f"{mine[1]:,} of the parameters are not trainable, expected {right[1]:,}."
    if got["params_twice"] != expected["params_twice"]:
        return (
            "Two calls of the function share layers: together they have "
            f"{_count(got['params_twice'])} trainable parameters, expected "
            f"{_count(expected['params_twice'])}. "
            "Each call must make its own layers."
        )
    return None


def has_output(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """With equal weights, equal inputs give equal outputs."""
    return _are_equal("With the same weights and inputs", task, case, got["outputs"], expected["outputs"])


def _are_equal(
    when: str, task: Task, case: Case, got: Sequence[np.ndarray], expected: Sequence[np.ndarray]
) -> str | None:
    if len(got) != len(expected):
        return f"{call(task, case)} gave {len(got)} outputs, expected {len(expected)}."
    for i, (mine, right) in enumerate(zip(got, expected, strict=True)):
        if mine.shape != right.shape:
            return f"{call(task, case)} computes the shape {shape(mine.shape)}, not {shape(right.shape)}."
        amount = difference(case, mine, right)
        if amount is not None:
            return f"{when}, {_output(i, len(expected))} of {call(task, case)} is off {amount}."
    return None


def _output(index: int, count: int) -> str:
    return f"output {index + 1}" if count > 1 else "the output"


def difference(case: Case, mine: np.ndarray, right: np.ndarray) -> str | None:
    """Says by how much an array is off, `None` if it is close enough."""
    rtol = RTOL if case.tolerance is None else case.tolerance
    largest = float(np.abs(right).max())
    least = float(mine.min())
    if right.min() == 0 and least < -RTOL / 10 * largest:  # behind a ReLU, however wide the tolerance
        return f"by {-least / largest:.2g} of its largest value: it is negative where it should be zero"
    if np.allclose(mine, right, rtol=rtol, atol=rtol / 10 * largest):
        return None
    off = float(np.abs(mine.astype(np.float64) - right).max()) / largest
    return f"by {off:.2g} of its largest value" if np.isfinite(off) else "by values that are not finite"


def has_training_behaviour(task: Task, case: Case, got: Trial, expected: Trial, reveal: bool) -> str | None:
    """With training=True, copies of one sample scatter as much as the right dropout makes them.

    Where nothing is random, outputs are compared as well: those of batch normalization, and then its
    averages.
    """
    outputs, wanted = len(got["noise"]) // 2, len(expected["noise"]) // 2
    if len(got["noise"]) != len(expected["noise"]):
        return f"{call(task, case)} gave {outputs} outputs, expected {wanted}."
    for i, (mine, right) in enumerate(zip(got["noise"], expected["noise"], strict=True)):
        none = _rounding(expected["outputs"], i // 2)
        if abs(mine - right) > case.noise_tolerance * right + none:
            times = (
                f"{mine / right:.2f} times as much as it should"
                if mine > none and right > none
                else (
                    "although it should not"
                    if right <= none
                    else "not at all, although dropout should make it"
                )
            )
            return f"With training=True {_output(i // 2, wanted)} of {call(task, case)} scatters {times}."
    if any(right > _rounding(expected["outputs"], i // 2) for i, right in enumerate(expected["noise"])):
        return _are_dropped(task, case, got["values"], expected["values"])
    return _are_equal("With training=True", task, case, got["trained"], expected["trained"]) or _follow(
        task, case, got["way"], expected["way"]
    )


def _rounding(outputs: Sequence[np.ndarray], index: int) -> float:
    """What equal samples may scatter for being at different places of a batch."""
    return 1e-6 * max(1.0, float(np.abs(outputs[index]).max()) if index < len(outputs) else 0.0)


def _are_dropped(task: Task, case: Case, got: Sequence[int], expected: Sequence[int]) -> str | None:
    """Features are set to zero or kept, so that few of them have few different sums."""
    if len(got) != len(expected):
        return f"{call(task, case)} gave {len(got)} outputs, expected {len(expected)}."
    for i, (mine, right) in enumerate(zip(got, expected, strict=True)):
        if max(mine, right) > 2 * min(mine, right):  # how many of the possible sums occur is chance
            return (
                f"With training=True {_output(i, len(expected))} of {call(task, case)} scatters by the right "
                "amount, but not as dropout makes it, which sets each feature to zero or keeps it: a few "
                f"features have {mine} different sums, expected about {right}."
            )
    return None


def _follow(task: Task, case: Case, got: np.ndarray, expected: np.ndarray) -> str | None:
    """Averages go towards the batch's means and variances, by whatever share of the way."""
    if not expected.size:
        return None
    zeros = np.count_nonzero(got == 0)
    if got.shape == expected.shape and np.isfinite(got).all():
        halves = zip(np.split(got, 2), np.split(expected, 2), WAY_TOLERANCES, strict=True)
        stay = zeros - np.count_nonzero(expected == 0)
        if stay <= COINCIDENCES and all(_is_share(*half) for half in halves):
            return None
    still = f": {zeros} of {got.size} stay as they were" if zeros else ""
    return (
        f"After a batch with training=True, the averages of mean and variance that {call(task, case)} uses "
        f"for prediction have not all moved towards those of the batch{still}."
    )


def _is_share(got: np.ndarray, expected: np.ndarray, tolerance: float) -> bool:
    """Whether one way is a share of the other: some share, the same everywhere."""
    mine, right = got.astype(np.float64), expected.astype(np.float64)
    length = np.linalg.norm(right)
    if not length:
        return not mine.any()
    share = mine @ right / length**2
    return bool(share > 0 and np.linalg.norm(mine - share * right) <= tolerance * share * length)


def _count(n: int | None) -> str:
    return "no" if n is None else f"{n:,}"


def _explain(got: Counter[str], expected: Counter[str]) -> str:
    """Lists the weights that are too many and those that are missing, the few that a student can read."""
    extra, missing = got - expected, expected - got
    if extra and not missing and all(key.startswith("bias") for key in extra):
        return f" (biases of {_layers(extra)} that should have none)"
    if missing and not extra and all(key.startswith("bias") for key in missing):
        return f" (the biases of {_layers(missing)})"
    parts = [
        f"{word} {listed(part)}" for word, part in (("not expected:", extra), ("missing:", missing)) if part
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def _layers(counter: Counter[str]) -> str:
    n = counter.total()
    return f"{n} layer{'s' if n > 1 else ''}"
