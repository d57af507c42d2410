"""Evaluation of networks whose answers a test knows beforehand."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs.models.resnet_cifar import resnet_cifar
from cvlabs.train import evaluate, progress, with_normalization
from cvlabs.train.naming import CLASSES
from cvlabs.train.views import center_crop, mirrored, multi_scale, ten_crop, whole

RNG = np.random.default_rng(0)


class Batches:
    """Data as `cvlabs.data.load` gives it."""

    def __init__(self, images, labels, batch_size, classes):
        self.info = SimpleNamespace(name="mine", split="test", classes=classes)
        self.batches = [
            (images[i : i + batch_size], labels[i : i + batch_size])
            for i in range(0, len(images), batch_size)
        ]

    def __iter__(self):
        return iter(self.batches)


def looking_at(size, function, classes=6, last=None):
    """A network that scores an image by a function of its pixels."""
    x = keras.Input((*size, 3))
    scores = ops.reshape(function(layers.Rescaling(1.0)(x)), (-1, classes))
    return keras.Model(x, scores if last is None else last(scores), name="known")


def first_pixel(classes=6):
    """Its scores are a one-hot vector of the number in the first pixel."""
    return lambda x: 9 * ops.one_hot(ops.cast(x[:, 0, 0, 0], "int32"), classes)


def images_of(numbers, size=(4, 4)):
    return np.broadcast_to(np.array(numbers, "float32")[:, None, None, None], (len(numbers), *size, 3)).copy()


@pytest.fixture(scope="module")
def network():
    return with_normalization(resnet_cifar((16, 16, 3), depth=8, filters=4, name="tiny"), [127] * 3, [64] * 3)


def test_errors_and_confusions_of_known_answers():
    said, labels = [0, 1, 2, 2, 5, 0, 0], [0, 1, 2, 3, 5, 5, 1]
    found = evaluate(
        looking_at((4, 4), first_pixel()), Batches(images_of(said), np.array(labels), 3, tuple("abcdef"))
    )
    assert found.images == 7
    assert found.top1_error == pytest.approx(100 * 3 / 7)
    # Behind the first, equal scores stand in the order of the classes: label 5 is sixth where "a" is said.
    assert found.top5_error == pytest.approx(100 * 1 / 7)
    assert found.confusion[3, 2] == found.confusion[5, 0] == found.confusion[1, 0] == 1
    assert found.confusion.sum() == 7
    assert [(p.true, p.predicted) for p in found.most_confused(1)] == [("d", "c")]
    assert found.class_errors() == pytest.approx({"a": 0, "b": 50, "c": 0, "d": 100, "f": 50})
    assert str(found).splitlines()[:2] == ["known on mine, test: 7 images", "top-1 error 42.86 %"]


def test_batches_arrays_and_one_hot_labels_give_the_same(network):
    images = RNG.integers(0, 256, (10, 16, 16, 3)).astype("float32")
    labels = RNG.integers(0, 10, 10)
    logits = network(images, training=False).numpy()
    expected = 100 * np.mean(logits.argmax(axis=1) != labels)
    for data in (
        (images, labels),
        (images, np.eye(10)[labels]),
        (images, labels[:, None]),
        [(images[:7], labels[:7]), (images[7:], labels[7:])],
    ):
        found = evaluate(network, data, batch_size=4)
        assert (found.top1_error, found.images) == (pytest.approx(expected), 10)


def test_a_tf_data_pipeline(network):
    tf = pytest.importorskip("tensorflow")
    images = RNG.integers(0, 256, (10, 16, 16, 3)).astype("float32")
    labels = RNG.integers(0, 10, 10)
    data = tf.data.Dataset.from_tensor_slices((images, labels)).batch(4)
    np.testing.assert_array_equal(
        evaluate(network, data).confusion, evaluate(network, (images, labels)).confusion
    )


def test_logits_and_probabilities_are_averaged_alike():
    """Of two views, one says b a little and the other c surely: probabilities decide, whatever is given."""
    images = np.zeros((1, 4, 8, 3), "float32")
    images[0, 0, 0, 0], images[0, 0, 7, 0] = 1, 2

    def score(x):
        is_b = ops.cast(ops.equal(x[:, 0, 0, :1], 1), "float32")
        return is_b * ops.array([[0.0, 2.0, 0.0]]) + (1 - is_b) * ops.array([[0.0, 0.0, 1.0]])

    both = mirrored()
    for last in (None, layers.Softmax(), layers.Activation("softmax"), ops.softmax):
        model = looking_at((4, 8), score, classes=3, last=last)
        assert evaluate(model, (images, np.array([1])), views=both).top1_error == 0
        assert evaluate(model, (images, np.array([2])), views=both).top1_error == 100
        assert evaluate(model, (images, np.array([2])), views=both).views == 2


def test_ten_crops_are_the_corners_and_the_middle_and_their_mirrors():
    images = np.arange(5 * 7, dtype="float32").reshape(1, 5, 7, 1)
    crops = ten_crop(images, (3, 3))
    firsts = [int(crop[0, 0, 0, 0]) for crop in crops]
    assert firsts[:5] == [0, 4, 14, 18, 9]
    assert firsts[5:] == [2, 6, 16, 20, 11]
    assert all(crop.shape == (1, 3, 3, 1) for crop in crops)
    np.testing.assert_array_equal(center_crop(images, (3, 3))[0], crops[4])


def test_scales_of_crops_and_of_whole_images(network):
    images = RNG.integers(0, 256, (3, 16, 16, 3)).astype("float32")
    assert [v.shape[1:3] for v in multi_scale((16, 20, 24))(images, (16, 16))] == [
        (16, 16),
        (20, 20),
        (24, 24),
    ]
    crops = multi_scale((18, 20), ten_crop)(images, (16, 16))
    assert [v.shape for v in crops] == [(3, 16, 16, 3)] * 20
    one = evaluate(network, (images, np.array([0, 1, 2])), views=multi_scale((16,)))
    same = evaluate(network, (images, np.array([0, 1, 2])))
    np.testing.assert_array_equal(one.confusion, same.confusion)
    larger = multi_scale((24,))(images, (16, 16))[0]
    built = with_normalization(resnet_cifar((24, 24, 3), depth=8, filters=4), [127] * 3, [64] * 3)
    built.set_weights(network.get_weights())
    said = built.predict_on_batch(larger).argmax(axis=1)
    assert evaluate(network, (images, said), views=multi_scale((24,))).top1_error == 0


def test_a_network_bound_to_its_size_says_so():
    model = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.Rescaling(1.0), layers.Flatten(), layers.Dense(6)], name="flat"
    )
    images, labels = RNG.random((2, 8, 8, 3)), np.array([0, 1])
    with pytest.raises(ValueError, match=r"flat is bound to images of 8×8, so it cannot see 12×12.*ten_crop"):
        evaluate(model, (images, labels), views=multi_scale((12,)))
    assert evaluate(model, (images, labels), views=multi_scale((9, 12), ten_crop)).views == 20


def test_few_classes_have_no_top_5_error():
    found = evaluate(looking_at((4, 4), first_pixel(3), 3), (images_of([0, 1]), np.array([0, 1])))
    assert found.top5_error is None
    assert "top-5" not in str(found)


def test_a_file_knows_its_classes(tmp_path, network):
    network.save(tmp_path / "model.keras")
    (tmp_path / CLASSES).write_text("\n".join("abcdefghij"))
    images, labels = RNG.integers(0, 256, (4, 16, 16, 3)), np.array([0, 1, 2, 3])
    for where in (tmp_path, tmp_path / "model.keras", str(tmp_path / "model.keras")):
        found = evaluate(where, (images, labels))
        assert found.classes == tuple("abcdefghij")
        np.testing.assert_array_equal(found.confusion, evaluate(network, (images, labels)).confusion)
    result = SimpleNamespace(model=network, output=tmp_path)
    assert evaluate(result, (images, labels)).classes == tuple("abcdefghij")
    with pytest.raises(ValueError, match=r"trained on the classes a, b, c.*the data has k, b, c"):
        evaluate(tmp_path, Batches(images, labels, 2, tuple("kbcdefghij")))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ((np.zeros((2, 16, 16, 3)), np.zeros(3)), "2 images, 3 labels"),
        ((np.zeros((2, 20, 20, 3)), np.zeros(2, int)), "images are 20×20, the network takes 16×16"),
        ((np.zeros((2, 16, 16, 3)), np.full((2, 10), 0.1)), "labels are mixed"),
        ((np.zeros((1, 16, 16, 3)), np.array([10])), "labels must be from 0 to 9"),
        ([], "no images"),
        ([np.zeros((2, 16, 16, 3))], "batches"),
        (7, "must be batches .* got int"),
        (Batches(np.zeros((2, 16, 16, 3)), np.zeros(2, int), 2, ("a", "b")), "10 classes, the data 2: a, b"),
    ],
)
def test_data_that_does_not_fit(network, data, message):
    with pytest.raises(ValueError, match=message):
        evaluate(network, data)


def test_labels_may_be_a_list(network):
    images = RNG.integers(0, 256, (4, 16, 16, 3))
    found, expected = (evaluate(network, (images, labels)) for labels in ([0, 1, 2, 3], np.arange(4)))
    np.testing.assert_array_equal(found.confusion, expected.confusion)


@pytest.mark.parametrize("batch_size", [0, "4"])
def test_a_batch_size_that_is_none(network, batch_size):
    with pytest.raises(ValueError, match="batch_size must be a whole number of at least 1"):
        evaluate(network, (np.zeros((2, 16, 16, 3)), np.zeros(2, int)), batch_size=batch_size)


def test_some_of_the_classes_of_a_network(tmp_path, network):
    """The numbers of their labels are their own, so `load` has to be told the others."""
    network.save(tmp_path / "model.keras")
    (tmp_path / CLASSES).write_text("\n".join("abcdefghij"))
    data = Batches(np.zeros((2, 16, 16, 3)), np.zeros(2, int), 2, ("c", "d"))
    data.info.name = "folder:mine"
    with pytest.raises(
        ValueError, match=r"10 classes, the data 2: c, d\. Those have its .*load\(…, classes=…"
    ):
        evaluate(tmp_path, data)


def test_crops_that_do_not_fit(network):
    data = np.zeros((1, 12, 12, 3)), np.array([0])
    with pytest.raises(ValueError, match="Crops of 16×16 do not fit into images of 12×12"):
        evaluate(network, data, views=ten_crop)
    for sizes in ((), (0,), 8, "8", (8.5,)):
        with pytest.raises(ValueError, match="heights in pixels, one or more, such as"):
            multi_scale(sizes)
    assert whole(data[0], (12, 12))[0] is data[0]


def test_networks_that_do_not_fit(tmp_path):
    data = np.zeros((1, 16, 16, 3)), np.array([0])
    bare = resnet_cifar((16, 16, 3), depth=8, filters=4, name="resnet18")
    with pytest.raises(ValueError, match=r"resnet18 does not norm.*without mean and std as its published"):
        evaluate(bare, data)
    with pytest.raises(ValueError, match="got float"):
        evaluate(0.5, data)
    with pytest.raises(ValueError, match=r"There is no file .*nothing\.keras"):
        evaluate(tmp_path / "nothing.keras", data)
    (tmp_path / "broken.keras").write_bytes(b"broken")
    with pytest.raises(ValueError, match=r"broken\.keras cannot be read"):
        evaluate(tmp_path / "broken.keras", data)
    features = keras.Sequential([keras.Input((16, 16, 3)), layers.Rescaling(1.0), layers.Conv2D(2, 1)])
    with pytest.raises(ValueError, match="a classifier of images goes from N×H×W×C to N×classes"):
        evaluate(features, data)


@pytest.mark.parametrize("known", [True, False])
def test_a_line_on_the_terminal_tells_how_far_it_is(monkeypatch, capsys, known):
    monkeypatch.setattr(progress, "_moves", lambda: True)
    monkeypatch.setattr(progress, "_EVERY", 0)
    model = looking_at((4, 4), first_pixel())
    images, labels = images_of([0, 1, 2, 3]), np.array([0, 1, 2, 5])
    data = (images, labels) if known else Batches(images, labels, 2, None)
    evaluate(model, data, batch_size=2)
    shown = [line.rstrip() for line in capsys.readouterr().out.split("\r")]
    of = " of 4" if known else ""
    assert [line.partition(" images ")[0] for line in shown if line] == [f"2{of}", f"4{of}"]
    assert "top-1 error 25.0 %" in [line for line in shown if line][1]
    assert shown[-1] == ""
    evaluate(model, data, batch_size=2, verbose=False)
    assert capsys.readouterr().out == ""


def test_labels_may_be_whole_numbers_of_any_type_and_names_an_array():
    network = looking_at((4, 4), first_pixel())
    images, names = images_of([0, 1, 2]), np.array(list("abcdef"))
    found = evaluate(network, (images, np.array([0.0, 1.0, 3.0])), classes=names)
    assert found.top1_error == pytest.approx(100 / 3)
    assert found.classes == tuple("abcdef")
    with pytest.raises(ValueError, match="labels must be class numbers, got float64 with fractions"):
        evaluate(network, (images, np.array([0.0, 0.5, 1.0])))
