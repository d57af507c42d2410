"""From evidence to verdict: the order of aspects, the hints, and the three outcomes."""

import functools
import json

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.checks import compare, evidence, ours
from cvlabs.checks import judge as judging
from cvlabs.checks import probe as probing
from cvlabs.checks.answers import ANSWERS as ALL_ANSWERS
from cvlabs.checks.judge import judge
from cvlabs.checks.probe import probe
from cvlabs.checks.tasks import TASKS as LABS
from cvlabs.layers import LocalResponseNormalization
from tests.checks.bank import namespace, submissions

LAB = "lab03_googlenet"
TASKS, ANSWERS = LABS[LAB], ALL_ANSWERS[LAB]
CHEAP = ["conv_params", "conv_macs", "inception_cost", "naive_inception_cost", "inception_module", "gap_head"]


def verdict(name, answer, seed="s", reveal=False):
    evidence = json.loads(json.dumps(probe(TASKS[name], answer, TASKS[name].draw(seed))))
    return judge(TASKS[name], seed, evidence, reveal=reveal)


def failed(result):
    return next(a for a in result.aspects if a.state == "failed")


def test_every_task_has_an_answer_and_every_answer_a_task():
    assert {lab: sorted(answers) for lab, answers in ALL_ANSWERS.items()} == {
        lab: sorted(tasks) for lab, tasks in LABS.items()
    }
    assert all(task.lab == lab for lab, tasks in LABS.items() for task in tasks.values())


@pytest.mark.parametrize("name", CHEAP)
def test_the_reference_passes_on_any_seed(name):
    for seed in ("a", "b"):
        result = verdict(name, ANSWERS[name].reference, seed)
        assert result.passed, result


@pytest.mark.parametrize("name", ["conv_params", "inception_cost", "inception_module", "gap_head"])
def test_each_misconception_fails_and_is_named_with_its_own_hint(name):
    for misconception in ANSWERS[name].misconceptions:
        result = verdict(name, misconception)
        assert result.outcome == "failed"
        assert result.misconception == misconception.__name__
        assert result.hint == " ".join(misconception.__doc__.split())


def test_the_same_seed_draws_the_same_cases_and_another_one_others():
    for task in [task for tasks in LABS.values() for task in tasks.values()]:
        assert task.draw("a") == task.draw("a")
        # A function of nothing has one case.
        assert (task.draw("a") != task.draw("b")) == bool(task.parameters)


def test_cases_of_two_checks_differ_under_one_seed():
    assert (
        TASKS["conv_params"].draw("a")[1].arguments["filters"]
        != TASKS["conv_macs"].draw("a")[1].arguments["filters"]
    )


def test_evidence_of_another_seed_does_not_pass():
    task = TASKS["conv_params"]
    evidence = probe(task, ANSWERS[task.name].reference, task.draw("at home"))
    assert judge(task, "in the exam", evidence).outcome == "failed"


def test_the_first_aspect_that_fails_ends_the_judging():
    result = verdict("gap_head", lambda x, classes, dropout_rate=0.4: layers.GlobalAveragePooling2D()(x))
    assert [a.state for a in result.aspects] == ["passed", "failed", "skipped", "skipped", "skipped"]


def test_a_function_that_is_not_written_yet_is_told_so():
    def conv_params(kernel_size, in_channels, filters):
        raise NotImplementedError

    result = verdict("conv_params", conv_params)
    assert failed(result).name == "call"
    assert "NotImplementedError:" not in failed(result).detail  # there is no message
    assert result.hint.startswith(
        "This function, or one that it calls, is not written yet. If you have written it"
    )


def test_an_error_of_keras_that_has_the_same_name_is_another_one():
    result = verdict("stem", lambda x: list(x))
    assert "NotImplementedError: Iterating over a symbolic KerasTensor" in failed(result).detail
    assert "not written" not in result.hint


@pytest.mark.parametrize(
    ("step", "hint"),
    [
        (layers.ReLU, "`ReLU(…)(x)`"),
        (layers.MaxPooling2D, "`MaxPooling2D(…)(x)`"),
        (lambda x: layers.Dense(x, 10), "`Dense(…)(x)`"),
        (lambda x: layers.Conv2D(8, strides=[x, x], kernel_size=3), "`Conv2D(…)(x)`"),
        (LocalResponseNormalization, "`LocalResponseNormalization(…)(x)`"),
        (lambda x: layers.Add([x, x]), "`layers.Add()([x, y])`"),
        (lambda x: layers.Add()(x, x), "`layers.Add()([x, y])`"),
        (lambda x: layers.ReLU()(layers.Conv2D(8, 3)), "Look for a line above that ends without `(x)`"),
        (lambda x: layers.BatchNormalization()(x, True), "Run this line in a new cell"),
        (lambda x: OwnLayer(x), "Run this line in a new cell"),
        (lambda x: keras.Model(x, layers.ReLU()), "Look for a line above that ends without `(x)`"),
        (
            lambda x: keras.Sequential([x, len]),
            "Run this line in a new cell",
        ),  # a model, which is made of tensors
        (lambda x: layers.Dense(9)(keras.ops.reshape(x, (x.shape[0], -1))), "`x.shape[0]`, is None"),
        (lambda x: layers.Dense(3, 10)(x), "`layers.Dense(units)`"),
        (lambda x: layers.Conv2D(3, 64, 7, 2, strides=2)(x), "`layers.Conv2D(filters, kernel_size, "),
    ],
    ids=range(15),
)
def test_usual_mistakes_with_keras_are_recognised(step, hint):
    result = verdict("stem", lambda x: step(x))
    assert failed(result).name == "call"
    assert hint in result.hint


class OwnLayer(keras.Layer):
    """May take a tensor, and fails for another reason."""

    def __init__(self, x):
        super().__init__()
        self.half = x.shape[1] / 0


def test_weights_that_are_made_and_lost_are_said_to_be():
    class InCall(keras.Layer):
        def call(self, x):
            return layers.Dense(self.classes)(keras.ops.mean(x, axis=(1, 2)))

    def in_call(x, classes, dropout_rate=0.4):
        layer = InCall()
        layer.classes = classes
        return layer(x)

    def unused(x, classes, dropout_rate=0.4):
        x = layers.GlobalAveragePooling2D()(x)
        layers.Dense(classes)(x)
        return x[:, :1] + keras.ops.zeros((1, classes))

    def one_too_many(x, classes, dropout_rate=0.4):
        return layers.Dense(classes)(layers.Dense(3)(layers.GlobalAveragePooling2D()(x)))

    def none_made(x, classes, dropout_rate=0.4):
        return keras.ops.mean(x, axis=(1, 2))[:, :1] + keras.ops.zeros((1, classes))

    for answer, is_lost in ((in_call, True), (unused, True), (one_too_many, False), (none_made, False)):
        result = verdict("gap_head", answer)
        assert failed(result).name == "params"
        assert result.hint.startswith("Your function makes these weights, but they are not in") == is_lost


def test_a_message_that_ends_in_an_example_is_followed_by_a_new_line():
    import tensorflow as tf

    detail = failed(verdict("stem", lambda x: tf.nn.relu(x))).detail
    assert "```\nIt works on a tensor that holds values, but a network is built with keras.Input" in detail


def test_the_line_that_fails_is_shown_for_copying():
    def stem(x):
        raise ValueError("oops")

    assert verdict("stem", stem).hint.endswith("line upwards: stem(keras.Input((224, 224, 3)))")
    result = verdict("conv_params", lambda kernel_size, in_channels, filters: 1 / 0, "public")
    assert result.hint.endswith(": conv_params(kernel_size=7, in_channels=3, filters=64)")


def test_a_long_line_is_not():
    task = LABS["lab02_vgg"]["find_omitted_layer"]
    record = probe(task, lambda published_macs, published_memory, layers: 1 / 0, task.draw("s"))
    assert judge(task, "s", record).hint.startswith("Call the function yourself in a new cell")


@pytest.mark.parametrize("result", [None, [], layers.ReLU])
def test_what_is_not_a_tensor_gets_no_hint_about_its_shape(result):
    judged = verdict("gap_head", lambda x, classes, dropout_rate=0.4: result)
    assert failed(judged).name == "shape"
    assert judged.hint == ""


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("batch_norm", lambda x, *_, **__: None),
        ("batch_norm", lambda x, *_, **__: 1 / 0),
        ("gradient_norm_by_layer", lambda model, x, y: None),
        ("gradient_norm_by_layer", lambda model, x, y: [("conv", 1 / 0)]),
    ],
)
def test_what_needs_a_run_is_compared_with_a_reference_that_ran(name, answer):
    task = LABS["lab04_resnet"][name]
    result = judge(task, "s", json.loads(json.dumps(probe(task, answer, task.draw("s")))))
    assert result.outcome == "failed"
    assert ("Follow the shape" in result.hint) is False


def fused(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = functools.partial(layers.Conv2D, padding="same", activation="relu")
    whole = conv(f1 + f3_reduce + f5_reduce, 1)(x)
    one, three, five = keras.ops.split(whole, [f1, f1 + f3_reduce], axis=-1)
    pool = conv(pool_proj, 1)(layers.MaxPooling2D(3, strides=1, padding="same")(x))
    return layers.Concatenate()([one, conv(f3, 3)(three), conv(f5, 5)(five), pool])


def with_elu(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = functools.partial(layers.Conv2D, padding="same", activation="elu")
    one = layers.Dense(f1, activation="elu")(x)  # the weights of a convolution, in other words
    three, five = conv(f3, 3)(conv(f3_reduce, 1)(x)), conv(f5, 5)(conv(f5_reduce, 1)(x))
    pool = conv(pool_proj, 1)(layers.MaxPooling2D(3, strides=1, padding="same")(x))
    return layers.Concatenate()([one, three, five, pool])


@pytest.mark.parametrize(("answer", "joined"), [(fused, True), (with_elu, False)])
def test_layers_that_were_split_or_joined_are_said_to_be(answer, joined):
    result = verdict("inception_module", answer)
    assert failed(result).name == "output"
    assert ("join several into one" in result.hint) is joined
    assert ("look at their order" in result.hint) is not joined


def test_the_weights_that_were_joined_are_listed():
    first = TASKS["inception_module"].draw("s")[0]
    channels, widths = (
        first.input_shape[-1],
        [first.arguments[name] for name in ("f1", "f3_reduce", "f5_reduce")],
    )
    hint = verdict("inception_module", fused).hint
    assert f"Yours: kernel {channels}×{sum(widths)}, bias {sum(widths)}. " in hint
    assert all(f"kernel {channels}×{width}" in hint for width in widths)


def test_dropout_that_always_acts_is_asked_for():
    def gap_head(x, classes, dropout_rate=0.4):
        x = layers.GlobalAveragePooling2D()(x)
        return layers.Dense(classes)(layers.Dropout(dropout_rate)(x, training=True))

    assert "without `training=True`" in verdict("gap_head", gap_head).hint


def block_verdict(norm, *, seed="s"):
    """Of conv_bn_relu with another normalization."""

    def conv_bn_relu(x, filters, kernel_size, strides=1):
        x = layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
        return layers.ReLU()(norm(x))

    task = LABS["lab04_resnet"]["conv_bn_relu"]
    return judge(task, seed, json.loads(json.dumps(probe(task, conv_bn_relu, task.draw(seed)))))


class UnnamedNorm(layers.Layer):
    def build(self, shape):
        self.gamma, self.beta, self.mean, self.variance = (
            self.add_weight(shape=(shape[-1],), initializer=value, trainable=learns)
            for value, learns in (("ones", True), ("zeros", True), ("zeros", False), ("ones", False))
        )

    def call(self, x):
        return self.gamma * (x - self.mean) / keras.ops.sqrt(self.variance + 1e-3) + self.beta


@pytest.mark.parametrize(
    ("norm", "aspect", "hint"),
    [
        (
            lambda x: layers.BatchNormalization()(layers.Dropout(0.5)(x)),
            "training",
            "nothing in this exercise",
        ),
        (lambda x: layers.BatchNormalization(momentum=1.01)(x), "training", "a normalization, which uses"),
        (lambda x: UnnamedNorm()(x), "output", "Name a weight that you add yourself as Keras does"),
        (lambda x: layers.BatchNormalization(epsilon=0.5)(x), "output", "look at their order"),
    ],
    ids=["dropout", "momentum", "names", "epsilon"],
)
def test_hints_of_a_block_speak_of_what_may_be_wrong_in_it(norm, aspect, hint):
    result = block_verdict(norm)
    assert failed(result).name == aspect
    assert hint in result.hint
    assert "Does your dropout" not in result.hint  # there is none in the exercise


def test_parameters_of_the_right_number_are_not_to_be_counted_again():
    def frozen(x, classes, dropout_rate=0.4):
        x = layers.Dropout(dropout_rate)(layers.GlobalAveragePooling2D()(x))
        return layers.Dense(classes, trainable=False)(x)

    made = {}

    def shared(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
        def conv(x, filters, kernel_size):
            key = (filters, kernel_size, x.shape[-1])
            layer = layers.Conv2D(filters, kernel_size, padding="same", activation="relu")
            return made.setdefault(key, layer)(x)

        pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
        branches = [conv(x, f1, 1), conv(conv(x, f3_reduce, 1), f3, 3), conv(conv(x, f5_reduce, 1), f5, 5)]
        return layers.Concatenate()([*branches, conv(pooled, pool_proj, 1)])

    for name, answer, hint in (
        ("gap_head", frozen, "look for `trainable`"),
        ("inception_module", shared, "Make the layers inside of the function"),
    ):
        result = verdict(name, answer)
        assert failed(result).name == "params"
        assert hint in result.hint


@pytest.mark.parametrize(
    ("step", "hint"),
    [
        (lambda x: layers.MaxPooling2D(3, 2, padding="SAME")(x), "do as the message says"),
        (lambda x: keras.ops.convert_to_tensor(np.maximum(x, 0)), "compute with keras.ops"),
        (lambda x: layers.ReLU()(x) if keras.ops.max(x) > 0 else x, "compute with keras.ops"),
        (lambda x: x * x.shape[0], "compute with keras.ops"),
        (lambda x: layers.AveragePooling2D(225)(x), "do as the message says"),  # names a shape with None
    ],
    ids=["padding", "numpy", "if", "batch", "window"],
)
def test_keras_ops_are_recommended_where_values_are_missed(step, hint):
    assert hint in failed(verdict("stem", step)).detail


@pytest.mark.parametrize("groups_differ", [False, True])
def test_a_slice_of_no_channels_is_named(groups_differ):
    def grouped_conv(x, filters, kernel_size, groups):
        step = x.shape[-1] // groups
        parts = [x[..., i * step : i + step] for i in range(groups)]
        return layers.Concatenate()(
            [layers.Conv2D(filters // groups, kernel_size, padding="same")(p) for p in parts]
        )

    task = LABS["lab01_alexnet"]["grouped_conv"]
    cases = [c for c in task.draw("s") if c.groups_differ is groups_differ and c.arguments["groups"] > 1]
    trials = probe(task, grouped_conv, cases)["trials"]
    assert any("a layer reads 0 channels (kernel" in trial.get("got", "") for trial in trials)


def test_a_difference_in_parameters_is_explained():
    def gap_head(x, classes, dropout_rate=0.4):
        x = layers.Dropout(dropout_rate)(layers.GlobalAveragePooling2D()(x))
        return layers.Dense(classes, use_bias=False)(x)

    assert "the biases of 1 layer" in failed(verdict("gap_head", gap_head)).detail


def test_a_dense_layer_on_a_flattened_map_is_small_enough_for_keras_to_build():
    sizes = (c.arguments for seed in range(50) for c in TASKS["flatten_head_params"].draw(str(seed)))
    assert max(ANSWERS["flatten_head_params"].reference(**size) for size in sizes) < 60e6  # 240 MB


@pytest.mark.parametrize("reveal", [True, False])
def test_expected_values_show_for_public_cases_only(reveal):
    first = TASKS["conv_params"].draw("s")[0].arguments
    right = f"{ANSWERS['conv_params'].reference(**first):,}"
    result = verdict("conv_params", lambda kernel_size, in_channels, filters: 1, reveal=reveal)
    assert (right in failed(result).detail) is reveal


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        "passed",
        {"version": 2},
        {"version": 2, "lab": LAB, "check": "conv_params", "trials": "all right"},
        [1],
        7,
    ],
)
def test_missing_or_forged_evidence_fails_without_an_error(evidence):
    result = judge(TASKS["conv_params"], "s", evidence)
    assert result.outcome == "failed"
    assert failed(result).name == "call"
    assert "evidence" in failed(result).detail


def test_forged_outcomes_are_no_points():
    forged = {"version": 2, "lab": LAB, "check": "conv_params", "signature": None, "trials": []}
    forged["trials"] = [{"outcome": "built", "shapes": [], "params": [], "params_twice": None, "weights": {}}]
    forged["trials"] = [forged["trials"][0] | {"outputs": [], "noise": []}] * len(
        TASKS["conv_params"].draw("s")
    )
    assert judge(TASKS["conv_params"], "s", forged).outcome == "failed"


def test_a_fault_of_ours_is_never_the_student_s(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("the reference is broken")

    monkeypatch.setattr(judging, "_reference", broken)
    result = verdict("conv_params", ANSWERS["conv_params"].reference)
    assert result.outcome == "unjudged"
    assert "the reference is broken" in result.hint


def test_a_reference_that_raises_is_a_fault_of_ours(monkeypatch):
    def broken(kernel_size, in_channels, filters):
        raise ValueError("oops")

    monkeypatch.setitem(ANSWERS, "conv_params", type(ANSWERS["conv_params"])(broken))
    assert verdict("conv_params", lambda kernel_size, in_channels, filters: 1).outcome == "unjudged"


def answer_of(submission):
    names = namespace(submission.lab, submission.check)
    exec(compile(submission.source, f"<{submission.name}>", "exec"), names)
    return names[submission.check]


def diagnosis_from_all_evidence(task, seed, record):
    """The first misconception that gives the same evidence, every one of them run on every case."""
    cases = task.draw(seed)

    def trials(one):
        return evidence.read(json.loads(json.dumps(one)), task.lab, task.name, len(cases))[1]

    def equal(case, got, other):
        if got["outcome"] != other["outcome"]:
            return False
        if got["outcome"] == "form":  # such as a layer that reads 0 channels
            return got == other
        return all(a.compare(task, case, got, other, False) is None for a in aspects)

    got, right = trials(record), trials(probe(task, ALL_ANSWERS[task.lab][task.name].reference, cases))
    aspects = compare.ASPECTS[task.probe][:-1]
    if all(map(equal, cases, got, right)):  # then only the behaviour in training is left
        aspects = compare.ASPECTS[task.probe]
    for function in ALL_ANSWERS[task.lab][task.name].misconceptions:
        if all(map(equal, cases, got, trials(probe(task, function, cases)))):
            return function.__name__
    return None


@pytest.mark.parametrize(
    ("lab", "name"),
    [
        (LAB, "gap_head"),
        ("lab01_alexnet", "grouped_conv"),
        pytest.param("lab02_vgg", "vgg_block", marks=pytest.mark.slow),
        pytest.param(LAB, "auxiliary_head", marks=pytest.mark.slow),
    ],
)
def test_what_is_built_first_and_run_only_then_is_diagnosed_as_if_all_were_run(lab, name):
    task = LABS[lab][name]
    wrong = [s for s in submissions(lab, name) if s.verdict == "failed" and s.misconception]
    for submission in wrong[::4]:
        record = probe(task, answer_of(submission), task.draw("s"))
        expected = diagnosis_from_all_evidence(task, "s", record)
        assert judge(task, "s", record).misconception == expected == submission.misconception


def test_no_network_of_ours_is_run_for_an_answer_that_has_other_parameters(monkeypatch):
    def gap_head(x, classes, dropout_rate=0.4):
        x = layers.GlobalAveragePooling2D()(x)
        return layers.Dense(classes + 1)(layers.Dropout(dropout_rate)(x))

    task, ran, run = TASKS["gap_head"], [], probing.results
    wrong, right = (probe(task, a, task.draw("unseen")) for a in (gap_head, ANSWERS["gap_head"].reference))
    monkeypatch.setattr(probing, "results", lambda model, case: ran.append(case.batch) or run(model, case))
    assert judge(task, "unseen", wrong).outcome == "failed"
    assert set(ran) == {0}
    assert judge(task, "unseen", right).passed
    assert ran.count(0) + len(task.draw("unseen")) == len(ran)


def test_evidence_of_ours_can_be_remembered_elsewhere(monkeypatch):
    known = {}

    def remember(key, compute):
        if key not in known:
            known[key] = json.dumps(compute())
        return json.loads(known[key])

    task = TASKS["gap_head"]
    record = probe(task, ANSWERS["gap_head"].misconceptions[4], task.draw("kept"))
    first = judge(task, "kept", record, remember=remember)
    ours._trial.cache_clear()
    monkeypatch.setattr(ours, "probe", lambda *_: pytest.fail("probed again"))
    assert judge(task, "kept", record, remember=remember) == first
    assert first.misconception == ANSWERS["gap_head"].misconceptions[4].__name__
    assert {key[:3] for key in known} == {(LAB, "gap_head", "kept")}


def test_students_of_one_variant_share_the_evidence_of_ours(monkeypatch):
    task, keys = TASKS["gap_head"], []
    record = probe(task, ANSWERS["gap_head"].reference, task.draw("variant.ada"))
    for seed in ("variant.ada", "variant.bob"):
        assert judge(task, seed, record, remember=lambda key, compute: keys.append(key) or compute()).passed
        ours._trial.cache_clear()
    assert len(keys) == 2 * len(set(keys))
