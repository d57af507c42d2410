"""Training as a whole: what it takes, what it says, what it gives."""

import csv
from dataclasses import replace

import keras
import numpy as np
import pytest
from keras import layers
from small import images, network

import cvlabs
from cvlabs.train import RECIPES, Recipe, evaluate, fit, fitting, takes_pixels, with_normalization
from cvlabs.train.result import COLUMNS
from cvlabs.train.schedule import Linear, Steps

PLAIN = Recipe("plain", "none", epochs=2, batch_size=16, learning_rate=0.05)
ON_TENSORFLOW = keras.backend.backend() == "tensorflow"


def train(model=None, data=None, recipe=PLAIN, **options):
    model = network(dropout=0) if model is None else model
    return fit(model, images() if data is None else data, recipe=recipe, **{"verbose": False} | options)


def weights(model):
    return [keras.ops.convert_to_numpy(v) for v in model.variables]


def close(a, b, tolerance=1e-5):
    for x, y in zip(weights(a), weights(b), strict=True):
        np.testing.assert_allclose(x, y, atol=tolerance, rtol=1e-4)


class InBatches:
    """The array data as a plain iterable of batches."""

    def __init__(self, pixels, labels, size=16):
        self.batches = [(pixels[i : i + size], labels[i : i + size]) for i in range(0, len(pixels), size)]

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        return iter(self.batches)


def test_it_learns_and_the_network_takes_pixels():
    model = network()
    result = train(model, validation=images(60, seed=1), recipe=RECIPES["fast_cifar"].stretched(15))
    assert result.history[-1]["validation_error"] < 15 < result.history[0]["training_error"]
    assert takes_pixels(result.model)
    assert result.model.get_layer("conv") is model.get_layer("conv")
    pixels, labels = images(60, seed=1)
    wrong = result.model.predict_on_batch(pixels).argmax(-1) != labels
    assert 100 * wrong.mean() == pytest.approx(result.history[-1]["validation_error"])
    assert result.best_epoch == 1 + int(np.argmin(result.column("validation_error")))


def test_the_errors_of_an_epoch_are_those_of_its_images():
    """With a learning rate of next to nothing every batch is judged by the same weights."""
    model = network(dropout=0, norm=False)
    result = train(model, recipe=replace(PLAIN, learning_rate=1e-12))
    pixels, labels = images()
    logits = result.model.predict_on_batch(pixels)
    logs = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    row = result.history[0]
    assert row["loss"] == pytest.approx(-logs[np.arange(96), labels].mean(), rel=1e-4)
    assert row["training_error"] == pytest.approx(100 * (logits.argmax(-1) != labels).mean(), abs=1e-4)


def test_a_step_is_the_gradient_step_of_the_formula():
    """One batch: the kernel of the logits moves by the gradient and its decay, the bias by the first."""
    model = network(dropout=0, norm=False)
    before = [keras.ops.convert_to_numpy(v) for v in model.get_layer("logits").variables]
    recipe = Recipe("sgd", "none", 1, 96, 0.1, weight_decay=0.5)
    train(model, recipe=recipe)
    pixels, labels = images()
    untrained = network(dropout=0, norm=False)
    mean, std = pixels.mean((0, 1, 2)), pixels.std((0, 1, 2))
    tap = with_normalization(untrained, mean, std)
    pooled = keras.Model(tap.inputs[0], tap.get_layer("pool")._inbound_nodes[-1].outputs[0]).predict_on_batch(
        pixels
    )
    logits = pooled @ before[0] + before[1]
    chances = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    difference = (chances - np.eye(3)[labels]) / 96
    after = [keras.ops.convert_to_numpy(v) for v in model.get_layer("logits").variables]
    np.testing.assert_allclose(
        after[0], before[0] - 0.1 * (pooled.T @ difference + 0.5 * before[0]), atol=1e-5
    )
    np.testing.assert_allclose(after[1], before[1] - 0.1 * difference.sum(0), atol=1e-5)


def test_labels_may_be_indices_columns_or_shares():
    pixels, labels = images()
    expected = train(data=(pixels, labels)).model
    close(train(data=(pixels, labels[:, None])).model, expected)
    close(train(data=(pixels, np.eye(3, dtype="float32")[labels])).model, expected)


def test_batches_keep_their_order_and_size():
    pixels, labels = images()
    result = train(data=InBatches(pixels, labels, 32))
    assert not takes_pixels(result.model)
    if ON_TENSORFLOW:
        import tensorflow as tf

        dataset = tf.data.Dataset.from_tensor_slices((pixels, labels)).batch(32)
        close(train(data=dataset).model, result.model)


def test_the_end_of_an_epoch_is_no_step():
    """Schedules go by the optimizer's count, which Keras alone raises at the end of a generator, too."""

    class Count(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            seen.append(int(self.model.optimizer.iterations))

    seen = []
    train(data=InBatches(*images()), callbacks=[Count()])
    assert seen == list(range(1, 13))


def test_accumulated_batches_make_the_step_of_a_whole_one():
    model = network(dropout=0, norm=False)
    whole = train(model, batch_size=16)
    model = network(dropout=0, norm=False)
    close(train(model, batch_size=8, recipe=replace(PLAIN, accumulation=2)).model, whole.model)


def test_accumulated_batches_follow_the_schedule_of_whole_ones():
    recipe = replace(PLAIN, schedule=Linear(), warmup_epochs=0.5)
    whole = train(network(dropout=0, norm=False), batch_size=16, recipe=recipe)
    parts = train(network(dropout=0, norm=False), batch_size=8, recipe=replace(recipe, accumulation=2))
    close(parts.model, whole.model)
    assert parts.column("learning_rate") == pytest.approx(whole.column("learning_rate"))


def test_the_learning_rate_of_an_epoch_is_that_of_its_last_step():
    steps = train(recipe=replace(PLAIN, epochs=4, schedule=Steps((0.5, 0.75))))
    assert steps.column("learning_rate") == pytest.approx([0.05, 0.05, 0.005, 0.0005])
    line = train(recipe=replace(PLAIN, schedule=Linear()))
    assert line.column("learning_rate") == pytest.approx([0.05 * 7 / 12, 0.05 * 1 / 12])


def test_averaged_weights_are_those_of_the_formula():
    class Record(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if not ON_TENSORFLOW:
                self.model.jax_state_sync()
            seen.append(keras.ops.convert_to_numpy(self.model.get_layer("conv").kernel))

    seen = []
    train(callbacks=[Record()])
    expected = seen[0]
    for kernel in seen[1:]:
        expected = 0.8 * expected + 0.2 * kernel
    result = train(recipe=replace(PLAIN, ema_momentum=0.8))
    found = keras.ops.convert_to_numpy(result.model.get_layer("conv").kernel)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_statistics_belong_to_the_averaged_weights():
    result = train(recipe=replace(PLAIN, ema_momentum=0.8))
    layer = result.model.get_layer("bn")
    node = result.model.get_layer("conv")._inbound_nodes[-1]
    before = keras.Model(result.model.inputs[0], node.outputs[0]).predict_on_batch(images()[0])
    found = keras.ops.convert_to_numpy(layer.moving_mean)
    np.testing.assert_allclose(found, before.mean((0, 1, 2)), atol=1e-4)
    assert layer.momentum == 0.99


def test_validation_sees_the_average_and_training_goes_on_without():
    recipe = replace(PLAIN, ema_momentum=0.8, epochs=3)
    tested = train(recipe=recipe, validation=images(30, seed=1))
    close(tested.model, train(recipe=recipe).model)
    pixels, labels = images(30, seed=1)
    wrong = tested.model.predict_on_batch(pixels).argmax(-1) != labels
    assert tested.history[-1]["validation_error"] == pytest.approx(100 * wrong.mean())


def test_auxiliary_heads_train_by_themselves_and_are_gone():
    inputs = keras.Input((8, 8, 3))
    x = layers.Conv2D(8, 3, activation="relu", name="conv")(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    main, aux = layers.Dense(3, name="main")(x), layers.Dense(3, name="aux1_logits")(x)
    model = keras.Model(inputs, [main, aux])
    before = keras.ops.convert_to_numpy(model.get_layer("aux1_logits").kernel)
    result = train(model, validation=images(30, seed=1))
    assert result.model.output_shape == (None, 3)
    assert "aux1_logits" not in [layer.name for layer in result.model.layers]
    assert np.abs(keras.ops.convert_to_numpy(model.get_layer("aux1_logits").kernel) - before).max() > 1e-3


def test_probabilities_stay_what_the_user_gets():
    model = cvlabs.create_model("resnet20_cifar", input_shape=(8, 8, 3), classes=3)
    found = train(model, epochs=1).model.predict_on_batch(images()[0])
    np.testing.assert_allclose(found.sum(-1), 1, rtol=1e-5)


def test_mixed_precision_trains_and_leaves_float32():
    result = train(recipe=replace(PLAIN, precision="mixed_bfloat16", epochs=6))
    assert "mixed_bfloat16" in result.device
    assert {layer.compute_dtype for layer in result.model.layers} == {"float32"}
    assert result.history[-1]["loss"] < result.history[0]["loss"]
    scaled = train(recipe=replace(PLAIN, precision="mixed_float16", epochs=6))
    assert scaled.history[-1]["loss"] < scaled.history[0]["loss"]


def test_the_output_has_history_network_and_checkpoints(tmp_path):
    result = train(output=tmp_path, validation=images(30, seed=1))
    assert {path.name for path in tmp_path.iterdir()} == {"history.csv", "model.keras", "checkpoints"}
    with (tmp_path / "history.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [tuple(row) for row in rows] == [COLUMNS] * 2
    for row, expected in zip(rows, result.history, strict=True):
        assert {name: float(value) for name, value in row.items()} == expected
    again = keras.models.load_model(tmp_path / "model.keras")
    pixels = images(30, seed=1)[0]
    np.testing.assert_array_equal(again.predict_on_batch(pixels), result.model.predict_on_batch(pixels))


def test_one_of_something_is_no_plural(capsys):
    result = fit(network(), images(32), epochs=1, batch_size=32)
    assert "; 1 epoch of 1 batch\n" in capsys.readouterr().out
    assert " after 1 epoch: " in repr(result)
    assert ": 1 image\n" in str(evaluate(result, images(1)))


def test_the_learning_rate_told_is_that_of_the_last_step_made(capsys):
    """The second of three batches completes a step, the third begins one that is never made."""
    recipe = replace(RECIPES["fast_cifar"], accumulation=2, warmup_epochs=0, learning_rate=0.4)
    result = fit(network(), images(48), recipe=recipe, epochs=1, batch_size=16, verbose=False)
    assert result.column("learning_rate") == pytest.approx([recipe.learning_rate_for(32)])


def test_it_says_what_it_decided(capsys):
    fit(network(), images(), images(30, seed=1), epochs=2, batch_size=32)
    out = capsys.readouterr().out
    for part in (
        "Recipe fast_cifar, chosen because images are 8×8 and the network has batch normalization: Page",
        "Normalization added, of the training images: mean 14",
        "Device: CPU (",
        "float32",
        "Batch 32, learning rate 0.025 (0.4 at batch 512); 2 epochs of 3 batches",
        "epoch 1/2  loss ",
        "images/s",
        " left",
        "validation error",
    ):
        assert part in out
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("in_use", "told"), [(True, "oneDNN on\n"), (False, "oneDNN off\nTF_ENABLE_ONEDNN_OPTS=1 ")]
)
def test_it_says_how_the_processor_is_used(capsys, monkeypatch, in_use, told):
    monkeypatch.setattr(fitting, "onednn_in_use", lambda: in_use)
    fit(network(), images(), epochs=1)
    assert told in capsys.readouterr().out


def test_a_network_that_augments_before_it_normalizes_takes_pixels():
    flips = keras.Sequential(
        [layers.RandomFlip("horizontal"), layers.RandomTranslation(0.1, 0.1)], name="flips"
    )
    inputs = keras.Input((8, 8, 3))
    x = layers.Flatten()(layers.Rescaling(1 / 255)(flips(inputs)))
    assert takes_pixels(keras.Model(inputs, layers.Dense(3)(x)))
    assert not takes_pixels(keras.Model(inputs, layers.Dense(3)(layers.Flatten()(flips(inputs)))))
    first = keras.Sequential([layers.Conv2D(2, 3), layers.Rescaling(2.0)])
    assert not takes_pixels(keras.Model(inputs, layers.Dense(3)(layers.Flatten()(first(inputs)))))


def test_callbacks_see_one_training():
    class Record(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            seen.append("begin")

        def on_epoch_end(self, epoch, logs=None):
            seen.append((epoch, sorted(logs)))

        def on_train_end(self, logs=None):
            seen.append("end")

    seen = []
    train(callbacks=[Record()], validation=images(30, seed=1))
    names = ["error", "loss", "val_error", "val_loss"]
    assert seen == ["begin", (0, names), (1, names), "end"]


def test_early_stopping_stops():
    stopping = keras.callbacks.EarlyStopping("val_loss", patience=1, min_delta=1e9)
    result = train(validation=images(30, seed=1), callbacks=[stopping], epochs=20)
    assert len(result.history) == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ((images()[0][0], images()[1]), r"images must have the shape N×H×W×C, got \(8, 8, 3\)"),
        ((images()[0], images()[1][:5]), "must be as many, and some; got 96 and 5"),
        (iter([]), "data must have a length"),
        (InBatches(*images(0)), "data has no batches"),
        ([(1, 2, 3)] * 4, r"data must give batches \(images, labels\), got tuple of 3"),
    ],
)
def test_data_that_does_not_fit_is_told(data, message):
    with pytest.raises(ValueError, match=message):
        train(data=data)


def test_classes_that_differ_are_told():
    class Info:
        classes, mean, std, name, batch_size = ("a", "b"), (1, 1, 1), (1, 1, 1), "two", 16

    data = InBatches(*images())
    data.info = Info
    with pytest.raises(ValueError, match=r"the network has 3 classes, the data 2; .*classes=2"):
        train(data=data)


def test_a_recipe_makes_its_augmentations_with_its_own_settings(monkeypatch):
    from cvlabs import data

    made = []
    for name in ("inception_crop", "rand_augment", "mixup_or_cutmix"):
        monkeypatch.setattr(data, name, lambda _name=name, **options: made.append((_name, options)))
    RECIPES["strikes_back_a3"].augmentations((160, 160), classes=7)
    assert made == [
        ("inception_crop", {"size": (160, 160)}),
        ("rand_augment", {"magnitude": 6}),
        ("mixup_or_cutmix", {"classes": 7, "mixup_alpha": 0.1}),
    ]


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_has_its_augmentations(name):
    changes = RECIPES[name].augmentations((8, 8), classes=3)
    assert len(changes) == len(RECIPES[name].augment)
    pixels, labels = images(6)
    for change in changes:
        pixels, labels = change(pixels, labels, (1, 2))
    assert tuple(pixels.shape) == (6, 8, 8, 3)
