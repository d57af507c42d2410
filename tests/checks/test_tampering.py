"""Evidence that somebody changed: whatever is changed, it is judged, and it passes only where nothing that
counts was changed."""

import copy
import json
import random

import pytest

from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.judge import judge
from cvlabs.checks.probe import probe
from cvlabs.checks.tasks import TASKS

CHECKS = [
    ("lab01_alexnet", "count_alexnet"),
    ("lab02_vgg", "find_omitted_layer"),
    ("lab03_googlenet", "conv_params"),
    ("lab03_googlenet", "gap_head"),
]
DEEP: list[object] = []
for _ in range(700):
    DEEP = [DEEP]
JUNK = [
    None, True, False, -1, 0, 1, 2**53, 10**40, 0.5, float("nan"), float("inf"), -1e29, "", "x", "é" * 8,
    "\ud800", "x" * 5000, [], [0], [[1]], {}, {"outcome": "passed"}, DEEP, [0] * 70,
]  # fmt: skip
TOLD_ONLY = {"weights", "eager"}
"""What explains a failure and decides nothing."""


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def changed(record, path, rng):
    """A copy with something else, or nothing, in one place; or with entries swapped or repeated."""
    record = copy.deepcopy(record)
    around = record
    for key in path[:-1]:
        around = around[key]
    if rng.random() < 0.15:
        del around[path[-1]]
    elif isinstance(around[path[-1]], list) and rng.random() < 0.3:
        around[path[-1]] = rng.choice((around[path[-1]] * 2, around[path[-1]][::-1]))
    else:
        around[path[-1]] = rng.choice(JUNK)
    return record


def same(a, b):
    """Whether two records say the same: what is absent is null."""
    return written(a) == written(b)


def written(record):
    """As text; the two means of a spread in one order, since swapped they may stay within the tolerance."""
    record = copy.deepcopy(record)
    for trial in record.get("trials", ()) if isinstance(record.get("trials"), list) else ():
        noise = trial.get("noise") if isinstance(trial, dict) else None
        if isinstance(noise, list) and all(isinstance(value, float) for value in noise):
            noise.sort()
    return (
        json.dumps(record, sort_keys=True)
        .replace('"signature": null, ', "")
        .replace('"params_twice": null, ', "")
    )


@pytest.mark.parametrize(("lab", "name"), CHECKS, ids=lambda value: value)
def test_changed_evidence_is_judged_and_does_not_pass(lab, name):
    task, rng = TASKS[lab][name], random.Random(name)
    record = json.loads(json.dumps(probe(task, ANSWERS[lab][name].reference, task.draw("s"))))
    assert judge(task, "s", record).outcome == "passed"
    everywhere = list(places(record))[1:]
    for path in rng.choices(everywhere, k=300):
        tampered = changed(record, path, rng)
        verdict = judge(task, "s", tampered)
        assert verdict.outcome != "unjudged", (path, verdict.hint)
        if verdict.passed:
            assert TOLD_ONLY & set(path) or same(tampered, record), path


def test_a_list_without_its_rows_is_told():
    task = TASKS["lab01_alexnet"]["count_alexnet"]
    flat = probe(task, lambda *_: [1] * 11, task.draw("s"))
    (problem,) = [a.detail for a in judge(task, "s", flat).aspects if a.state == "failed"]
    assert (
        "row 1 must be a list of 4 entries (name, output_shape, params, macs), got one number, 1" in problem
    )
