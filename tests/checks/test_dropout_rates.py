"""A dropout at another rate fails on every seed, and the right one passes: never by chance.

The spread over copies of one sample is measured with a sampling error. The tolerance must be several times
that error, and the effect of every other usual rate must lie several times that error beyond the tolerance.
"""

import math

import numpy as np
import pytest

from cvlabs.checks import evidence
from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.answers.lab03_auxiliary_head import _auxiliary
from cvlabs.checks.answers.lab03_network import _model, _network
from cvlabs.checks.compare_layers import has_training_behaviour
from cvlabs.checks.probe import probe
from cvlabs.checks.tasks import TASKS
from cvlabs.models.googlenet import main_head

LAB = "lab03_googlenet"
SIGMAS = 4
"""One side of a normal distribution beyond four deviations: 3 of 100,000."""


def spread(rate):
    """Standard deviation of a sum of features that are dropped at a rate, but for a factor."""
    return math.sqrt(rate / (1 - rate))


def sampling_error(case, features):
    """Of the ratio of two spreads, each over n copies and over k classes of d features; see `tasks_lab03`."""
    classes = case.arguments["classes"]
    independent = classes * features / (classes + features)
    return math.sqrt(2) / math.sqrt(2 * (case.noise_batch - 1) * independent)


@pytest.mark.parametrize(
    ("check", "rate", "others"),
    [
        ("gap_head", 0.25, (0.1, 0.2, 0.3, 0.4, 0.5)),
        ("gap_head", 0.4, (0.2, 0.25, 0.3, 0.5, 0.6)),
        ("auxiliary_head", 0.7, (0.3, 0.4, 0.5, 0.6, 0.8)),
        ("googlenet", 0.4, (0.2, 0.25, 0.3, 0.5, 0.6, 0.7)),
        ("googlenet", 0.7, (0.3, 0.4, 0.5, 0.6, 0.8)),
    ],
)
def test_the_tolerance_tells_usual_rates_apart_on_every_seed(check, rate, others):
    for seed in range(30):
        for case in TASKS[LAB][check].draw(str(seed)):
            given = case.arguments.get("dropout_rate", 0.4 if check == "gap_head" else rate)
            if not case.noise_batch or given != rate:
                continue
            # The features that are dropped: those of the last map, or of the hidden layer.
            error = sampling_error(case, case.input_shape[-1] if check == "gap_head" else 1024)
            assert case.noise_tolerance > SIGMAS * error
            for other in others:
                effect = spread(other) / spread(rate)
                beyond = abs(effect - 1) - case.noise_tolerance
                assert beyond > SIGMAS * error * effect, (seed, other)


def with_rates(main, auxiliary):
    def googlenet(input_shape, classes):
        return _model(
            *_network(
                input_shape,
                classes,
                main=lambda x, n: main_head(x, n, main),
                auxiliary=lambda x, n: _auxiliary(x, n, rate=auxiliary),
            )
        )

    return googlenet


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["public", "a", "b", "c"])
def test_other_rates_in_googlenet_fail(seed):
    task = TASKS[LAB]["googlenet"]
    case = task.draw(seed)[1]

    def trial(answer):
        return evidence.read(probe(task, answer, (case,)), LAB, task.name, 1)[1][0]

    right = trial(ANSWERS[LAB]["googlenet"].reference)
    assert np.all(np.array(right["noise"]) > 0)
    assert has_training_behaviour(task, case, trial(with_rates(0.4, 0.7)), right, False) is None
    for rates, which in (((0.3, 0.7), 1), ((0.5, 0.7), 1), ((0.4, 0.6), 2), ((0.4, 0.8), 2)):
        problem = has_training_behaviour(task, case, trial(with_rates(*rates)), right, False)
        assert f"output {which} of googlenet" in problem
