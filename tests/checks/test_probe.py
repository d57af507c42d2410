"""A probe takes any answer and says in plain data what it saw; it never raises for what the answer does."""

import collections
import decimal
import fractions
import functools
import itertools
import json
import random

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.checks import evidence
from cvlabs.checks.probe import probe, probe_layers, probe_model, probe_value, signature_problem
from cvlabs.checks.task import Case, Task
from cvlabs.variables import has_value


def task(parameters, run=probe_value):
    return Task("answer", "lab", 1, parameters, "", lambda rng: (), run)


def trial(function, *cases, parameters=("a", "b"), run=probe_value):
    record = json.loads(json.dumps(probe(task(parameters, run), function, cases)))
    return evidence.read(record, "lab", "answer", len(cases))[1]


@pytest.mark.parametrize(
    ("result", "value"),
    [
        (5, 5),
        (np.int64(5), 5),
        (5.0, 5.0),
        (2.5, 2.5),
        (np.array(5), 5),
        (keras.ops.convert_to_tensor(5), 5),
        (2**70, 2**70),
        (fractions.Fraction(5, 2), 2.5),
        (decimal.Decimal("2.5"), 2.5),
        ((2, 3), [2, 3]),
        ([2, np.float32(3)], [2, 3.0]),
        (np.array([2, 3]), [2, 3]),
        (np.array([2**70, 3]), [2**70, 3]),
        ((1, 2, 3), [1, 2, 3]),
        ((), []),
        (np.ones((2, 2), int), [[1, 1], [1, 1]]),
        (keras.ops.convert_to_tensor([[1, 2]]), [[1, 2]]),
        (keras.ops.zeros((2, 3)).shape, [2, 3]),  # TensorFlow's is no tuple
        ("relu", "relu"),
        (np.array(["a", "b"]), ["a", "b"]),
        ("half a pair: \ud800", "half a pair: ?"),
        ([("conv1", (55, 55, 96), 34_944)], [["conv1", [55, 55, 96], 34_944]]),
        (collections.namedtuple("Row", "name params")("conv1", 3), ["conv1", 3]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_plain_data_of_any_kind(result, value):
    (got,) = trial(lambda a, b: result, Case({"a": 2, "b": 3}))
    assert (got["outcome"], got["value"]) == ("value", value)
    assert json.dumps(got["value"]) == json.dumps(value)  # 5 and 5.0 differ here


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        raise RuntimeError("a stranger's repr")


def endless():
    """A list that contains itself, twice."""
    value = []
    value += [value, value]
    return value


@pytest.mark.parametrize(
    "result",
    [
        None,
        True,
        np.True_,
        b"5",
        float("nan"),
        float("inf"),
        1e300,
        [1, None],
        {1: 2},
        {1, 2},
        AlwaysEqual(),
        1j,
        np.ones(2, bool),
        np.array([1.0, np.nan]),
        keras.Input((3,)),
        10**400,
        "x" * (evidence.MAX_TEXT + 1),
        [0] * (evidence.MAX_ENTRIES + 1),
        np.zeros(evidence.MAX_ENTRIES + 1),
        [[0] * 200] * 200,
        endless(),
    ],
    ids=lambda result: type(result).__name__,
)
def test_what_is_no_plain_data(result):
    (got,) = trial(lambda a, b: result, Case({"a": 2, "b": 3}))
    assert got["outcome"] == "form"
    assert got["got"]


def test_it_is_said_where_something_is_no_plain_data():
    (got,) = trial(lambda a, b: [1, [2, True]], Case({"a": 2, "b": 3}))
    assert (got["got"], got["path"]) == ("bool True", [1, 1])


@pytest.mark.parametrize("value", [1e300, -(10**400), fractions.Fraction(10**40)])
def test_a_number_that_is_too_large_is_said_to_be(value):
    (got,) = trial(lambda a, b: value, Case({"a": 2, "b": 3}))
    assert got == {"outcome": "form", "got": "a number that is far too large"}


def test_messages_have_no_colors_and_no_list_of_arguments():
    def answer(a, b):
        raise ValueError(
            "Exception encountered.\n\n\x1b[1mNegative size.\x1b[0m\n\nArguments received by f():\n  • x"
        )

    (got,) = trial(answer, Case({"a": 2, "b": 3}))
    assert got["message"] == "Exception encountered.\n\nNegative size."


class Anything(int):
    """Overrides whatever could be asked of a number."""

    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return self

    __hash__ = int.__hash__
    __int__ = __pos__ = __abs__ = __index__ = lambda self: self
    __lt__ = __gt__ = __le__ = __ge__ = __eq__


def test_the_methods_of_a_number_of_the_student_s_own_are_not_asked():
    (got,) = trial(lambda a, b: Anything(7), Case({"a": 2, "b": 3}))
    assert got["value"] == 7


class Torn(list):
    def __iter__(self):
        return itertools.count()

    def __len__(self):
        return 10**9


def test_nor_are_those_of_a_list():
    (got,) = trial(lambda a, b: Torn([1, 2]), Case({"a": 2, "b": 3}))
    assert got["value"] == [1, 2]


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(0), NotImplementedError(), GeneratorExit()])
def test_whatever_an_answer_raises_is_evidence(error):
    def answer(a, b):
        raise error

    (got,) = trial(answer, Case({"a": 2, "b": 3}))
    assert (got["outcome"], got["type"]) == ("raised", type(error).__name__)


def test_an_interrupt_is_not_swallowed():
    def answer(a, b):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        probe(task(("a", "b")), answer, (Case({"a": 2, "b": 3}),))


def test_arguments_go_by_name_and_by_position():
    seen = []

    def answer(*args, **kwargs):
        seen.append((args, kwargs))
        return 1

    trial(answer, Case({"a": 2, "b": 3}), Case({"a": 4, "b": 5}, positional=True))
    assert seen == [((), {"a": 2, "b": 3}), ((4, 5), {})]


def test_an_answer_cannot_change_what_later_calls_receive():
    layers = [("conv1", [1, 2]), ("conv2", [3])]
    case = Case({"layers": layers})
    seen = []

    def answer(layers):
        seen.append(repr(layers))
        layers[0][1].append(4)
        layers.clear()
        return 1

    trial(answer, case, case, parameters=("layers",))
    assert seen == [repr([("conv1", [1, 2]), ("conv2", [3])])] * 2
    assert layers == [("conv1", [1, 2]), ("conv2", [3])]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (3, "must be a function, got int 3"),
        (None, "got None"),
        (layers.Dense, "got the class Dense"),
        (lambda a: 1, "callable as answer(a, b)"),
        (lambda b, a, c: 1, "callable as answer(a, b)"),
        (lambda first, second: 1, "must have these names: answer(a, b), got answer(first, second)"),
    ],
)
def test_wrong_signatures_are_told(answer, message):
    assert message in signature_problem(task(("a", "b")), answer)


@pytest.mark.parametrize(
    "answer",
    [
        lambda a, b: 1,
        lambda a, b=2, *, c=3: 1,
        lambda *args, **kwargs: 1,
        functools.partial(lambda c, a, b: 1, 0),
    ],
)
def test_right_signatures_pass(answer):
    assert signature_problem(task(("a", "b")), answer) is None


def test_the_tensor_may_have_any_name():
    assert signature_problem(task(("x", "f")), lambda inputs, f: inputs) is None


def head(x, classes):
    return layers.Dense(classes)(layers.GlobalAveragePooling2D()(x))


class Head(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(4)

    def call(self, x):
        return self.dense(keras.ops.mean(x, axis=(1, 2)))


IMAGE = Case({"classes": 4}, (5, 6, 3), 7)


def test_layers_give_shapes_counts_and_outputs():
    (got,) = trial(head, IMAGE, parameters=("x", "classes"), run=probe_layers)
    assert got["outcome"] == "built"
    assert got["shapes"] == [[None, 4]]
    assert got["params"] == [3 * 4 + 4, 0]
    assert got["outputs"][0].shape == (2, 4)


@pytest.mark.parametrize(
    "answer",
    [Head(), keras.Sequential([layers.GlobalAveragePooling2D(), layers.Dense(4)]), lambda x: Head()(x)],
    ids=["layer", "sequential", "function"],
)
def test_a_layer_instance_answers_like_a_function_on_cases_of_any_width(answer):
    cases = [Case({}, (5, 6, channels), 7) for channels in (3, 8, 2)]
    got = trial(answer, *cases, parameters=("x",), run=probe_layers)
    expected = trial(lambda x: head(x, 4), *cases, parameters=("x",), run=probe_layers)
    for mine, right in zip(got, expected, strict=True):
        assert mine["params"] == right["params"]
        np.testing.assert_allclose(mine["outputs"][0], right["outputs"][0], rtol=1e-5)


def test_shared_layers_show_when_called_twice():
    shared = layers.Dense(4)
    case = Case({}, (5, 6, 3), 7, fresh=True)
    (own,) = trial(lambda x: layers.Dense(4)(x), case, parameters=("x",), run=probe_layers)
    (same,) = trial(lambda x: shared(x), case, parameters=("x",), run=probe_layers)
    assert own["params"] == same["params"]
    assert own["params_twice"] == 2 * same["params_twice"]


def test_dropout_shows_as_spread_that_grows_with_its_rate():
    def spread(rate):
        case = Case({}, (4, 4, 64), 7, noise_batch=512)
        answer = lambda x: layers.Dense(9)(layers.Dropout(rate)(layers.GlobalAveragePooling2D()(x)))  # noqa: E731
        return trial(answer, case, parameters=("x",), run=probe_layers)[0]["noise"][0]

    # Inverted dropout multiplies the variance of each feature's contribution by rate / (1 - rate).
    assert spread(0.0) < 1e-6
    assert spread(0.5) / spread(0.2) == pytest.approx(np.sqrt(1 / 0.25), rel=0.08)


def test_dropped_logits_scatter_otherwise_than_features_dropped_at_any_rate():
    def spread(seed, answer):
        case = Case({}, (4, 4, 64), seed, noise_batch=128, mean=1.0)
        return np.array(trial(answer, case, parameters=("x",), run=probe_layers)[0]["noise"])

    def features(x):
        return layers.Dense(80)(layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x)))

    def logits(x):
        return layers.Dropout(0.5)(layers.Dense(80)(layers.GlobalAveragePooling2D()(x)))

    ratios = np.array([spread(seed, logits) / spread(seed, features) for seed in range(10)])
    np.testing.assert_allclose(ratios.mean(axis=0), (1, 0.68), atol=0.06)
    assert (ratios[:, 1] / ratios[:, 0]).max() < 0.8  # another rate changes both alike


@pytest.mark.parametrize(
    ("layer", "fewest", "most"),
    [
        (layers.Dropout, 10, 64),  # of 2⁶ sums of six features
        (layers.GaussianDropout, 200, 256),
        (lambda rate: layers.GaussianNoise(rate), 200, 256),
        (lambda rate: layers.Identity(), 1, 1),
    ],
    ids=["dropout", "gaussian dropout", "noise", "nothing"],
)
def test_dropout_leaves_few_values_where_few_features_are_left(layer, fewest, most):
    def answer(x):
        return layers.Dense(9)(layer(0.4)(layers.GlobalAveragePooling2D()(x)))

    for seed in range(3):
        case = Case({}, (4, 4, 40), seed, mean=1.0, noise_batch=256, few_values=True)
        (values,) = trial(answer, case, parameters=("x",), run=probe_layers)[0]["values"]
        assert fewest <= values <= most


@pytest.mark.parametrize("momentum", [0.5, 0.9, 1.0])
def test_averages_go_a_share_of_the_way_to_the_batch(momentum):
    def way(momentum):
        case = Case({}, (4, 4, 8), 7, noise_batch=3, compare_training=True)
        answer = lambda x: layers.BatchNormalization(momentum=momentum)(x)  # noqa: E731
        return trial(answer, case, parameters=("x",), run=probe_layers)[0]["way"]

    whole = way(0.0)
    assert whole.shape == (16,)  # means, then variances
    np.testing.assert_allclose(way(momentum), (1 - momentum) * whole, rtol=1e-3, atol=1e-5)


def test_the_way_of_averages_does_not_depend_on_the_order_of_layers():
    def answer(order):
        def branches(x):
            norms = {
                "small": lambda: layers.BatchNormalization()(x),
                "large": lambda: layers.BatchNormalization()(layers.Conv2D(5, 1)(x)),
                "after": lambda: layers.BatchNormalization()(layers.Conv2D(8, 3)(x)),
            }
            made = {name: norms[name]() for name in order}
            return layers.Concatenate()(
                [layers.GlobalAveragePooling2D()(made[name]) for name in sorted(made)]
            )

        return branches

    def way(*order):
        case = Case({}, (4, 6, 8), 7, noise_batch=3, compare_training=True)
        return trial(answer(order), case, parameters=("x",), run=probe_layers)[0]["way"]

    expected = way("small", "large", "after")
    assert expected.shape == (42,)
    np.testing.assert_array_equal(way("after", "large", "small"), expected)
    np.testing.assert_array_equal(way("large", "small", "after"), expected)


@pytest.mark.parametrize(
    ("result", "got"),
    [
        (None, "None"),
        (np.ones(3), "ndarray"),
        ("x", "str"),
        (keras.Sequential(), "a keras Sequential (return the tensor that it gives for x)"),
        (
            layers.ReLU(),
            "the layer ReLU itself (is its second pair of parentheses missing, as in ReLU(…)(x)?)",
        ),
        ([1], "list"),
    ],
)
def test_what_is_no_tensor(result, got):
    (one,) = trial(lambda x, classes: result, IMAGE, parameters=("x", "classes"), run=probe_layers)
    assert one["outcome"] == "form"
    assert got in one["got"]


def test_models_with_several_outputs_functional_and_subclassed():
    class Two(keras.Model):
        def __init__(self):
            super().__init__()
            self.a, self.b = layers.Dense(4), layers.Dense(4)

        def call(self, x):
            x = keras.ops.mean(x, axis=(1, 2))
            return self.a(x), self.b(x)

    def functional(input_shape):
        x = keras.Input(input_shape)
        return keras.Model(x, {"a": head(x, 4), "b": head(x, 4)})

    case = Case({"input_shape": (5, 6, 3)}, (5, 6, 3), 7)
    for answer in (functional, lambda input_shape: Two()):
        (got,) = trial(answer, case, parameters=("input_shape",), run=probe_model)
        assert got["shapes"] == [[None, 4], [None, 4]]
        assert got["params"] == [32, 0]


class _OwnNetwork(keras.Model):
    """Builds itself by running on values, which a network without any cannot do."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        float(keras.ops.sum(self(keras.ops.ones((1, 3)))))

    def call(self, x):
        return self.dense(x)


def _functional(input_shape):
    x = keras.Input(input_shape)
    return keras.Model(x, layers.Dense(2)(layers.Dropout(0.5)(x)))


@pytest.mark.parametrize("answer", [_functional, lambda input_shape: _OwnNetwork()])
def test_a_model_that_is_only_counted_needs_no_values(answer):
    made = []

    def recorded(input_shape):
        made.append(answer(input_shape))
        return made[-1]

    case = Case({"input_shape": (3,)}, (3,), batch=0)
    (got,) = trial(recorded, case, parameters=("input_shape",), run=probe_model)
    assert got["outcome"] == "built"
    assert (got["params"], got["shapes"], got["outputs"]) == ([8, 0], [[None, 2]], [])
    if answer is _functional:
        assert [v for v in made[-1].trainable_variables if has_value(v)] == []
    assert has_value(keras.Variable(1.0))


def test_a_model_that_fails_is_told_as_without_that():
    def answer(input_shape):
        raise NotImplementedError("later")

    (got,) = trial(
        answer, Case({"input_shape": (3,)}, (3,), batch=0), parameters=("input_shape",), run=probe_model
    )
    assert (got["outcome"], got["type"], got["message"]) == ("raised", "NotImplementedError", "later")


def test_settings_of_the_notebook_do_not_matter_and_are_kept():
    before = trial(head, IMAGE, parameters=("x", "classes"), run=probe_layers)[0]
    keras.config.set_floatx("float16")
    keras.config.set_epsilon(0.5)
    keras.config.set_dtype_policy("mixed_bfloat16")
    random.seed(5)
    state = random.getstate()
    try:
        after = trial(head, IMAGE, parameters=("x", "classes"), run=probe_layers)[0]
        assert keras.config.dtype_policy().name == "mixed_bfloat16"
        assert (keras.config.floatx(), keras.config.epsilon()) == ("float16", 0.5)
    finally:
        keras.config.set_floatx("float32")
        keras.config.set_epsilon(1e-7)
        keras.config.set_dtype_policy("float32")
    assert random.getstate() == state
    np.testing.assert_array_equal(before["outputs"][0], after["outputs"][0])


def small_model(input_shape=(6, 5, 3)):
    x = keras.Input(input_shape)
    return keras.Model(x, layers.Dense(4)(layers.Flatten()(x)))


def test_a_model_for_other_images_is_said_to_be_one():
    case = Case({}, (7, 5, 3), batch=0)
    (got,) = trial(small_model, case, parameters=("input_shape",), run=probe_model)
    assert got == {
        "outcome": "form",
        "got": "one for inputs of shape 6×5×3, where 7×5×3 are asked for (does keras.Input get the argument, "
        "and keras.Model what keras.Input returned?)",
    }


def test_a_model_for_images_of_any_size_will_do():
    def any_size(input_shape):
        x = keras.Input((None, None, 3))
        return keras.Model(x, layers.GlobalAveragePooling2D()(x))

    case = Case({"input_shape": (7, 5, 3)}, (7, 5, 3))
    assert trial(any_size, case, parameters=("input_shape",), run=probe_model)[0]["outcome"] == "built"


def test_a_model_that_is_not_run_gets_no_values():
    made = []

    def remembered(input_shape=(6, 5, 3)):
        made.append(small_model(input_shape))
        return made[-1]

    (got,) = trial(remembered, Case({}, (6, 5, 3), batch=0), parameters=("input_shape",), run=probe_model)
    assert (got["params"], got["outputs"]) == ([364, 0], [])
    assert all(v._value is None for v in made[0].variables)


def test_a_model_that_needs_values_gets_them():
    def needs_values(input_shape=(6, 5, 3)):
        model = small_model(input_shape)
        if not model.layers[-1].kernel.numpy().any():
            raise RuntimeError("no values")
        return model

    (got,) = trial(needs_values, Case({}, (6, 5, 3), batch=0), parameters=("input_shape",), run=probe_model)
    assert got["params"] == [364, 0]


def test_layers_that_outlive_a_trial_without_values_get_them_in_the_next():
    dense = layers.Dense(4)

    def shares(input_shape=(6, 5, 3)):
        x = keras.Input(input_shape)
        return keras.Model(x, dense(layers.Flatten()(x)))

    cases = Case({}, (6, 5, 3), batch=0), Case({}, (6, 5, 3), seed=1)
    first, second = (trial(shares, case, parameters=("input_shape",), run=probe_model)[0] for case in cases)
    (fresh,) = trial(small_model, cases[1], parameters=("input_shape",), run=probe_model)
    assert first["outcome"] == "built"
    np.testing.assert_allclose(second["outputs"][0], fresh["outputs"][0], rtol=1e-5)
