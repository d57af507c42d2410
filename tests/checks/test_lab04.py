"""Lab 4: references and cases against the package's networks, its cost calculator, and slopes of the loss."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

import cvlabs
from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.answers.lab04_block import Block
from cvlabs.checks.compare_layers import difference
from cvlabs.checks.evidence import decode_array
from cvlabs.checks.probe import probe
from cvlabs.checks.probe_blocks import BLOCKS
from cvlabs.checks.probe_gradients import probe_gradients, small_model
from cvlabs.checks.task import Case
from cvlabs.checks.tasks import TASKS, find_task
from cvlabs.checks.tasks_lab04 import BLOCK_TOLERANCE
from cvlabs.checks.wording import call
from cvlabs.models import resnet as published
from cvlabs.variables import abstract

LAB = "lab04_resnet"
REFERENCE = {name: answer.reference for name, answer in ANSWERS[LAB].items()}
NETWORKS = {
    "resnet18": ("residual_block", 2),
    "resnet34": ("residual_block", 2),
    "resnet50": ("bottleneck_block", 3),
    "resnet101": ("bottleneck_block", 3),
    "resnet152": ("bottleneck_block", 3),
}


def blocks(name):
    return getattr(published, name).keywords["depths"]


@pytest.mark.parametrize(("name", "of"), NETWORKS.items())
def test_names_count_layers(name, of):
    _, convs = of
    assert REFERENCE["resnet_depth"](blocks(name), convs) == int(name.removeprefix("resnet"))


@pytest.mark.parametrize(("name", "of"), NETWORKS.items())
def test_blocks_and_builder_make_the_published_networks(name, of):
    with abstract():
        mine = REFERENCE["resnet"](blocks(name), _without_names(of[0]))
        theirs = getattr(published, name)()
    assert mine.count_params() == theirs.count_params()
    assert [tuple(w.shape) for w in mine.trainable_weights] == [
        tuple(w.shape) for w in theirs.trainable_weights
    ]


def _without_names(block):
    """A reference block with a new name in each call, since a model holds no two layers of one name."""
    numbers = iter(range(1000))
    build = {"residual_block": published.basic_block, "bottleneck_block": published.bottleneck_block}[block]
    return lambda x, filters, strides: build(x, filters, strides, name=f"block{next(numbers)}")


@pytest.mark.parametrize(
    ("check", "block"), [("residual_block_cost", "residual_block"), ("bottleneck_cost", "bottleneck_block")]
)
@pytest.mark.parametrize("seed", range(3))
def test_costs_are_those_of_the_layers(check, block, seed):
    for case in TASKS[LAB][check].draw(str(seed)):
        size, channels, filters, strides = case.arguments.values()
        with abstract():
            x = keras.Input((size, size, channels))
            model = keras.Model(x, REFERENCE[block](x, filters, strides))
        params, macs = REFERENCE[check](**case.arguments)
        assert params == sum(int(np.prod(w.shape)) for w in model.trainable_weights)
        assert macs == cvlabs.cost(model, convention="macs").total.macs


def test_a_fitting_bottleneck_is_one_whose_output_fits():
    assert Block(8, 64, 16, 1, expansion=4).fits
    assert not Block(8, 16, 16, 1, expansion=4).fits


@pytest.mark.parametrize("check", ["conv_bn_relu", "plain_block", "residual_block", "bottleneck_block"])
@pytest.mark.parametrize("epsilon", [1e-5, 1e-3])
def test_any_customary_epsilon_is_within_the_tolerance(check, epsilon, monkeypatch):
    task, function = TASKS[LAB][check], REFERENCE[check]
    right = probe(task, function, task.draw("epsilon"))["trials"]
    for layer in (layers.BatchNormalization, cvlabs.layers.BatchNormalization):
        monkeypatch.setattr(layer, "__init__", _with_epsilon(layer.__init__, epsilon))
    trials = probe(task, function, task.draw("epsilon"))["trials"]
    for case, mine, expected in zip(task.draw("epsilon"), trials, right, strict=True):
        for outputs in {"outputs", "trained"} & expected.keys():
            y, z = (decode_array(trial[outputs][0]) for trial in (mine, expected))
            assert np.abs(y - z).max() < BLOCK_TOLERANCE / 10 * np.abs(z).max()
            assert difference(case, y, z) is None


def _with_epsilon(init, epsilon):
    return lambda self, *args, **options: init(self, *args, **options | {"epsilon": epsilon})


@pytest.mark.parametrize("seed", range(5))
def test_batch_norm_is_what_the_layer_trains_with(seed):
    for case in TASKS[LAB]["batch_norm"].draw(str(seed)):
        given = dict(case.arguments)
        layer = layers.BatchNormalization(epsilon=given.get("epsilon", 1e-5))
        x = np.random.default_rng(seed).normal(case.mean, case.scale, (case.batch, *case.input_shape))
        x = x.astype("float32")
        layer.build(x.shape)
        layer.gamma.assign(given["gamma"])
        layer.beta.assign(given["beta"])
        gamma, beta = np.float32(given["gamma"]), np.float32(given["beta"])
        mine = REFERENCE["batch_norm"](x, gamma, beta, layer.epsilon)
        np.testing.assert_allclose(mine, layer(x, training=True), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_the_builder_s_blocks_are_no_residual_blocks(block):
    x = keras.Input((9, 9, 8))
    model = keras.Model(x, block(x, 8, 1))
    kinds = {type(layer) for layer in model.layers}
    assert kinds == {layers.InputLayer, layers.Conv2D}


ROWS = (("first", 4, 1), ("second", 4, 1), ("third", 6, 2), ("scores", 3, 1))


@pytest.fixture
def float64():
    """Layers made in double precision: differences over steps so short that no ReLU changes sides in them."""
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float64")
    yield
    keras.config.set_dtype_policy(policy)


def test_gradient_norms_are_slopes(float64):
    """Along its own gradient a loss rises by the norm for each step."""
    model = small_model(ROWS, (6, 5, 3))
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(4, 6, 5, 3)), np.array([0, 2, 1, 1], "int32")
    norms = REFERENCE["gradient_norm_by_layer"](model, x, y)
    assert list(norms) == [name for name, *_ in ROWS]

    def loss():
        logits = np.asarray(model(x, training=True))
        return np.mean(np.log(np.exp(logits).sum(1)) - logits[range(4), y])

    for name, norm in norms.items():
        kernel = model.get_layer(name).kernel
        with tf.GradientTape() as tape:
            value = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x, training=True))
            )
        direction = np.asarray(tape.gradient(value, kernel.value)) / norm
        before, step = np.asarray(kernel), 1e-6
        losses = []
        for sign in (1, -1):
            kernel.assign(before + sign * step * direction)
            losses.append(loss())
        kernel.assign(before)
        assert (losses[0] - losses[1]) / (2 * step) == pytest.approx(norm, rel=1e-6)


@pytest.mark.parametrize(
    "convert",
    [
        lambda norms: norms,
        lambda norms: list(norms.items()),
        lambda norms: dict(reversed(norms.items())),
        lambda norms: norms.items(),
        lambda norms: [[name, np.float32(norm)] for name, norm in sorted(norms.items())],
        lambda norms: ((name, tf.constant(norm)) for name, norm in norms.items()),
    ],
)
@pytest.mark.parametrize("positional", [False, True])
def test_pairs_in_any_order_and_dress(convert, positional):
    case = Case({"model": ROWS}, (6, 5, 3), seed=3, batch=4, positional=positional)

    def answer(model, x, y):
        return convert(REFERENCE["gradient_norm_by_layer"](model, x, y))

    got = probe_gradients(answer, case)
    assert got["outcome"] == "value", got
    assert [name for name, _ in got["value"]] == [name for name, *_ in ROWS]


@pytest.mark.parametrize("result", [None, 3.0, [1.0, 2.0], "norms", [("unknown", 1.0), ("first", 2.0)]])
def test_other_results_stay_as_they_are(result):
    got = probe_gradients(lambda model, x, y: result, Case({"model": ROWS}, (6, 5, 3), batch=4))
    if result is None:
        assert got["outcome"] == "form"
    elif isinstance(result, list) and isinstance(result[0], tuple):
        assert got["value"] == [["first", 2.0], ["unknown", 1.0]]
    else:
        assert got["value"] == result


@pytest.mark.parametrize(
    ("name", "argument"),
    [("resnet", "block=a block of the check's own"), ("gradient_norm_by_layer", "model=a small model")],
)
def test_reports_write_what_no_student_could_type_in_words(name, argument):
    task = find_task(name, LAB)
    for case in task.draw("a.b"):
        assert argument in call(task, case)
