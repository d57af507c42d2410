"""What `fit` refuses, in one line and before anything is printed, written or trained."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
from keras import layers
from small import images, network

from cvlabs.train import Recipe, evaluate, fit, predict
from cvlabs.train.naming import CLASSES

PLAIN = Recipe("plain", "none", epochs=1, batch_size=16, learning_rate=0.05)


class InBatches:
    """Batches of 16; with names of classes as those of `cvlabs.data`."""

    def __init__(self, pixels, labels, classes=None):
        self.batches = [(pixels[i : i + 16], labels[i : i + 16]) for i in range(0, len(pixels), 16)]
        if classes is not None:
            self.info = SimpleNamespace(
                name="mine", split="train", classes=classes, mean=(128,) * 3, std=(60,) * 3, batch_size=16
            )

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        return iter(self.batches)


def train(model=None, data=None, validation=None, **options):
    model = network() if model is None else model
    data = images() if data is None else data
    return fit(model, data, validation, **{"recipe": PLAIN, "verbose": False} | options)


def refuses(message, capsys, *arguments, **options):
    with pytest.raises(ValueError, match=message):
        train(*arguments, **options, verbose=True)
    assert capsys.readouterr().out == ""


def test_an_output_that_cannot_be_written_costs_no_training(tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    for output in (tmp_path / "file", tmp_path / "file" / "below", "/proc/nothing"):
        refuses(f"output {output} cannot be written: ", capsys, output=output)
    assert (tmp_path / "file").read_text() == "mine"


def test_what_else_is_wrong_leaves_no_folder(tmp_path, capsys):
    refuses("callbacks=", capsys, output=tmp_path / "new", callbacks=keras.callbacks.History())
    refuses("labels of train", capsys, data=(images()[0], images()[1] + 1), output=tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("batched", [False, True])
@pytest.mark.parametrize("which", ["train", "validation"])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda y: y + 1, "must be from 0 to 2, as the network has 3 classes; got 1 to 3"),
        (lambda y: y - 1, "must be from 0 to 2, as the network has 3 classes; got -1 to 1"),
        (lambda y: y + 0.5, "must be class numbers, got float64 with fractions"),
        (lambda y: np.array(["cat", "dog", "owl"])[y], r"must be class numbers, got <U3, such as .*'cat'"),
        (lambda y: np.eye(5)[y], r"must be class numbers N, or N×3 as .* got the shape \(\d+, 5\)"),
        (lambda y: 2 * np.eye(3)[y], "N×3 must be shares from 0 to 1, got 0 to 2"),
        (lambda y: np.eye(3)[y] + np.eye(3)[y - 1], "N×3 must be shares that add up to 1 .* sums of 2 to 2"),
    ],
)
def test_labels_that_are_no_classes_of_the_network(capsys, batched, which, change, message):
    pixels, labels = images()
    wrong = (pixels, change(labels))
    wrong = InBatches(*wrong) if batched else wrong
    message = f"labels of {which} {message}"
    if which == "train":
        refuses(message, capsys, data=wrong)
    else:
        refuses(message, capsys, validation=wrong)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (np.array(["a", "b"]), "must be class numbers, got <U1"),
        (np.array([1, 3]), "must be from 0 to 2, as the network has 3 classes; got 1 to 3"),
        (np.eye(4)[:2], r"N×3 as the network has 3 classes; got the shape \(2, 4\)"),
    ],
)
def test_evaluate_refuses_the_same_labels(labels, message):
    result = train()
    with pytest.raises(ValueError, match=message):
        evaluate(result, (images()[0][:2], labels))


def test_arrays_are_looked_through_before_an_evaluation_begins():
    pixels, labels = images()
    seen = []
    result = train()

    def views(batch, size):
        seen.append(len(batch))
        return [batch]

    with pytest.raises(ValueError, match="got 0 to 3"):
        evaluate(result, (pixels, np.append(labels[:-1], 3)), views=views, batch_size=4)
    assert not seen


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("a", "b"), "the network has 3 classes, the validation data 2; "),
        (("a", "b", "c", "d"), "the network has 3 classes, the validation data 4; "),
        (
            ("b", "a", "c"),
            "train has the classes a, b, c, validation b, a, c: the numbers of their labels mean",
        ),
    ],
)
def test_validation_has_the_classes_of_the_network(capsys, names, message):
    data = InBatches(*images(), ("a", "b", "c"))
    tests = InBatches(*images(32, classes=2), names)
    refuses(message, capsys, data=data, validation=tests)


def test_the_batches_of_data_are_not_made_anew(capsys):
    message = "batch_size=8 is for arrays, but train comes in batches"
    refuses(message, capsys, data=InBatches(*images()), batch_size=8)


def test_labels_may_be_a_list():
    pixels, labels = images()
    found, expected = (train(data=(pixels, given)) for given in (labels.tolist(), labels))
    assert found.column("loss") == expected.column("loss")


@pytest.mark.parametrize("batched", [False, True])
def test_images_of_another_shape_are_told(capsys, batched):
    labels = images(32)[1]
    for shape in ((9, 8, 3), (8, 8, 1)):
        data = np.zeros((32, *shape), "uint8"), labels
        data = InBatches(*data) if batched else data
        text = "×".join(map(str, shape))
        for name in ("train", "validation"):
            message = f"the images of {name} are {text}, the network takes 8×8×3: "
            refuses(message, capsys, **{"data" if name == "train" else name: data})
    refuses("images must be numbers, got <U1", capsys, data=(np.full((2, 8, 8, 3), "x"), np.arange(2)))


class Own(keras.Model):
    """A subclass that has no graph."""


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("resnet18", "functional or Sequential Keras model, got str"),
        (Own(), "functional or Sequential Keras model, got Own"),
        (keras.Sequential([layers.Flatten(), layers.Dense(3)]), "a Sequential model that is not built"),
        (keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="flat"), r"flat takes \(None, 4\); a"),
    ],
)
def test_what_is_no_network_for_images_is_told(capsys, model, message):
    refuses(message, capsys, model)


@pytest.mark.parametrize("name", ["batch_size", "epochs"])
@pytest.mark.parametrize("value", [0, -3, 2.5, "8", True])
def test_numbers_that_are_no_counts_are_told(capsys, name, value):
    refuses(f"{name} must be a whole number of at least 1, got {value!r}", capsys, **{name: value})


@pytest.mark.parametrize(
    ("callbacks", "message"),
    [
        (keras.callbacks.EarlyStopping(), r"got EarlyStopping; write callbacks=\[…\]"),
        (["stop"], "callbacks must be Keras callbacks, got str"),
        (
            [keras.callbacks.ReduceLROnPlateau()],
            "ReduceLROnPlateau cannot set the learning rate, which is the",
        ),
        ([keras.callbacks.LearningRateScheduler(min)], "LearningRateScheduler cannot set the learning rate"),
    ],
)
def test_callbacks_that_do_not_fit_are_told(capsys, callbacks, message):
    refuses(message, capsys, callbacks=callbacks)


def test_numpys_numbers_are_counts():
    result = train(batch_size=np.int64(32), epochs=np.int32(2))
    assert [row["epoch"] for row in result.history] == [1, 2]


def test_the_names_of_the_classes_are_kept(tmp_path):
    names = ("ant", "bee", "cow")
    result = train(data=InBatches(*images(), names), output=tmp_path)
    assert result.classes == names
    assert (tmp_path / CLASSES).read_text() == "ant\nbee\ncow\n"
    pixels = images()[0][:2]
    for network_or_folder in (result, tmp_path):
        assert {name for name, _ in predict(network_or_folder, pixels)[0].classes} == set(names)
    assert train(data=InBatches(*images(), names)).classes == names  # without a folder, too
    assert train().classes is None


def test_a_result_is_evaluated_on_the_data_that_it_was_trained_on():
    """Whatever the scale of its values is: nothing was put before the network, and nothing is missing."""
    pixels, labels = images()
    data = InBatches(pixels / 255, labels)
    result = train(data=data, validation=data)
    found = evaluate(result, data)
    assert found.top1_error == pytest.approx(result.history[-1]["validation_error"], abs=1e-4)
    with pytest.raises(ValueError, match="does not normalize its input by itself"):
        predict(result, pixels, classes="abc")


def test_looking_at_the_first_batch_takes_no_epoch_away():
    class Counting(InBatches):
        iterated = 0

        def __iter__(self):
            self.iterated += 1
            return iter(self.batches)

        def epoch(self, n, first_batch=0):
            return iter(self.batches[first_batch:])

    data, tests = Counting(*images()), Counting(*images(32))
    train(data=data, validation=tests)
    assert (data.iterated, tests.iterated) == (0, 1)


@pytest.mark.parametrize("schedule", ["Constant", "Steps", "Linear", "Cosine"])
def test_a_model_that_a_callback_saved_can_be_loaded_and_goes_on(tmp_path, schedule):
    from dataclasses import replace

    from cvlabs.train import schedule as kinds
    from cvlabs.train.weight_decay import AdamW, LayerwiseAdaptive, Momentum

    made = kinds.Steps((0.5, 0.75), 0.2) if schedule == "Steps" else getattr(kinds, schedule)()
    optimizer = {"Linear": LayerwiseAdaptive(), "Cosine": AdamW()}.get(schedule, Momentum())
    path = tmp_path / "model.keras"
    recipe = replace(PLAIN, schedule=made, optimizer=optimizer, weight_decay=0.25, warmup_epochs=0.5)
    model = network(dropout=0)
    result = train(model, recipe=recipe, callbacks=[keras.callbacks.ModelCheckpoint(path)])
    loaded = keras.models.load_model(path)
    rate = loaded.optimizer._learning_rate
    assert (rate.schedule, rate.steps, rate.warmup_steps) == (made, 6, 3)
    kept = {"Linear": "decay", "Cosine": "weight_decay"}.get(schedule, "l2")
    assert getattr(loaded.optimizer, kept) == 0.25
    pixels, labels = images()
    found = loaded.evaluate(pixels, labels, verbose=0, return_dict=True)
    own = evaluate(result, (pixels, labels))
    assert found["error"] == pytest.approx(own.top1_error, abs=1e-3)
