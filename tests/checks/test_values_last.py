"""Networks that get their values last give the evidence of networks that have them from the start."""

import keras
import numpy as np
import pytest
from keras import layers
from keras.src.backend.common.global_state import set_global_attribute
from keras.src.random.seed_generator import GLOBAL_SEED_GENERATOR

from cvlabs.checks import evidence
from cvlabs.checks import probe as probing
from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.compare_layers import has_training_behaviour
from cvlabs.checks.probe import probe, probe_layers, probe_model
from cvlabs.checks.task import Case
from cvlabs.checks.tasks import TASKS
from cvlabs.quiet import quiet
from tests.checks.bank import CHECKS, namespace, submissions

LAYERS = [(lab, check) for lab, check in CHECKS if TASKS[lab][check].probe is probe_layers]
MODELS = [(lab, check) for lab, check in CHECKS if TASKS[lab][check].probe is probe_model]


def trials(task, answer, cases):
    with quiet():
        return evidence.read(probe(task, answer, cases), task.lab, task.name, len(cases))[1]


def both(task, answer, monkeypatch):
    """Evidence of networks that got their values last, and of such that had them from the start."""
    cases = task.draw("any")
    last = trials(task, answer, cases)
    with monkeypatch.context() as patch:
        patch.setattr(probing, "abstract", probing._with_values)
        first = trials(task, answer, cases)
    return cases, last, first


def assert_equal(task, cases, last, first):
    for case, one, other in zip(cases, last, first, strict=True):
        assert one["outcome"] == "built", one
        for key in ("outcome", "shapes", "params", "params_twice", "weights"):
            assert one[key] == other[key]
        for mine, right in zip(one["outputs"], other["outputs"], strict=True):
            np.testing.assert_allclose(mine, right, rtol=1e-4, atol=1e-5 * np.abs(right).max())
        assert has_training_behaviour(task, case, one, other, False) is None


@pytest.mark.parametrize(
    ("lab", "check"), [*LAYERS, *(pytest.param(*check, marks=pytest.mark.slow) for check in MODELS)]
)
def test_references(lab, check, monkeypatch):
    task = TASKS[lab][check]
    assert_equal(task, *both(task, ANSWERS[lab][check].reference, monkeypatch))


@pytest.mark.slow
@pytest.mark.parametrize(("lab", "check"), LAYERS)
def test_right_answers_in_other_idioms(lab, check, monkeypatch):
    task, names = TASKS[lab][check], namespace(lab, check)
    for submission in (s for s in submissions(lab, check) if s.verdict == "passed"):
        exec(compile(submission.source, f"<{submission.name}>", "exec"), names)
        assert_equal(task, *both(task, names[check], monkeypatch))


def one(answer, **options):
    case = Case({}, (5,), 7, **options)
    return probe_layers(answer, case)


def called_and_extended():
    model = keras.Sequential([layers.Dense(3)])
    model(keras.Input((5,)))
    model.add(layers.Dense(7))
    return model


def with_methods_of_keras_names():
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.head = layers.Dense(7)

        def output(self, x):
            return self.head(x)

        def call(self, x):
            return self.output(x)

    model = Net()
    model(keras.Input((5,)))
    return model


@pytest.mark.parametrize("build", [called_and_extended, with_methods_of_keras_names])
def test_a_model_is_what_it_computes_now_and_not_what_a_call_before_gave(build):
    trial = probe_model(lambda: build(), Case(input_shape=(5,), seed=7, batch=2))
    assert trial["outcome"] == "built", trial
    assert trial["shapes"] == [[None, 7]]


def test_a_compiled_function_that_runs_while_a_network_is_built():
    tf = pytest.importorskip("tensorflow")

    def answer(x):
        layer = layers.Dense(4, kernel_initializer="ones")
        layer.build((None, 5))
        assert float(tf.function(lambda: tf.reduce_sum(layer.kernel.value))()) == 20
        return layer(x)

    assert one(answer, batch=2)["outcome"] == "built"


def test_an_answer_that_computes_with_its_values_is_called_again_with_them():
    calls = []

    def answer(x):
        calls.append(x)
        layer = layers.Dense(4, kernel_initializer="ones")
        y = layer(x)
        assert keras.ops.sum(layer.kernel) == 20
        return y

    assert one(answer)["params"] == [24, 0]
    assert len(calls) == 2


def test_an_answer_that_makes_variables_of_values_is_called_again():
    def answer(x):
        own = keras.Variable(np.ones(5, "float32"))
        return layers.Dense(4)(x * own)

    assert one(answer)["params"] == [24, 0]


def test_an_answer_that_works_is_called_once():
    calls = []
    one(lambda x: calls.append(x) or layers.Dense(4)(x))
    assert len(calls) == 1


def test_variables_that_no_layer_tracks_keep_one_value():
    class Secretive(layers.Layer):
        def build(self, shape):
            self._hidden = (lambda kernel: lambda: kernel)(
                keras.Variable(keras.initializers.RandomNormal(), shape=(5, 4))
            )

        def call(self, x):
            return keras.ops.matmul(x, self._hidden())

    trial = one(lambda x: Secretive()(x), noise_batch=8)
    assert trial["params"] == [0, 0]
    assert trial["noise"] == [pytest.approx(0, abs=1e-6)] * 2  # a value drawn at each use would scatter


def test_unseeded_random_operations_work_while_building_and_afterwards(monkeypatch):
    class Dropping(layers.Layer):
        def call(self, x):
            return keras.random.dropout(x, 0.5)

    set_global_attribute(GLOBAL_SEED_GENERATOR, None)  # as in a fresh kernel
    trial = one(lambda x: layers.Dense(4)(Dropping()(x)), noise_batch=64)
    assert trial["noise"][0] > 0.1
    assert keras.random.normal((2,)).shape == (2,)


def test_an_error_is_the_one_that_comes_with_values():
    def answer(x):
        layer = layers.Dense(4, kernel_initializer="ones")
        layer(x)
        raise RuntimeError("with values" if keras.ops.sum(layer.kernel) == 20 else "without")

    assert one(answer)["message"] == "with values"


@pytest.mark.parametrize("use", [lambda v: v.numpy(), lambda v: v.assign(v + 1), np.asarray, float])
def test_whatever_uses_a_value_is_called_again_with_it(use):
    calls = []

    def answer(x):
        calls.append(x)
        layer = layers.Dense(1)
        layer(x)
        use(layer.bias if use is not float else keras.ops.sum(layer.bias))
        raise RuntimeError

    one(answer)
    assert len(calls) == 3  # the last time for a tensor with values


@pytest.mark.parametrize(
    ("end", "outcome"), [(lambda x: layers.Dense(3)(x) + "one", "raised"), (lambda x: [1], "form")]
)
def test_what_fails_without_having_used_a_value_is_called_once(end, outcome):
    calls = []

    def answer(x):
        calls.append(x)
        return end(layers.Dense(4)(x))

    assert one(answer)["outcome"] == outcome
    assert len(calls) == 1 + (outcome == "raised")  # once more for a tensor with values


def test_what_fails_on_symbolic_tensors_alone_is_told_so():
    trial = one(lambda x: keras.ops.convert_to_tensor(np.asarray(x) * 2))
    assert (trial["outcome"], trial["eager"]) == ("raised", True)
