"""Data sets by name: what a batch holds, and that an epoch can be had again."""

import gc
import shutil
import subprocess
import sys

import numpy as np
import pytest

from cvlabs.commands.images import holdout
from cvlabs.data import load, splits


def all_of(batches):
    images, labels = zip(*((x.numpy(), y.numpy()) for x, y in batches), strict=True)
    return np.concatenate(images), np.concatenate(labels)


def test_batches_are_pixels_and_class_indices(colours):
    train = load(f"folder:{colours}", batch_size=5, seed=0)
    images, labels = all_of(train)
    assert len(train) == 3
    assert images.shape == (12, 8, 8, 3)
    assert images.dtype == np.float32
    assert labels.dtype == np.int32
    # blue comes first in the alphabet; the third image of a colour has 2 less red
    assert sorted(zip(labels.tolist(), images[:, 0, 0, 0].tolist(), strict=True)) == [
        *((0, 10.0 - i) for i in reversed(range(6))),
        *((1, 250.0 - i) for i in reversed(range(6))),
    ]


def test_splits_are_known_without_reading_an_image(colours):
    for file in colours.rglob("*.png"):
        file.write_bytes(b"")
    assert splits(f"folder:{colours}") == ("test", "train")
    assert holdout(f"folder:{colours}") == ("train", "test")
    (colours / "test").rename(colours / "val")
    assert holdout(f"folder:{colours}") == ("train", "validation")
    assert splits(f"folder:{colours / 'train'}") == ("train",)
    assert holdout(f"folder:{colours / 'train'}") == ("train[:80%]", "train[80%:]")
    assert splits("shapes") == splits("digits") == ("train", "test")
    with pytest.raises(ValueError, match="There is no folder or zip at nowhere"):
        splits("folder:nowhere")
    with pytest.raises(ValueError, match='There is no path after "folder:"'):
        splits("folder:")


def test_info(colours):
    info = load(f"folder:{colours}", "test", batch_size=4, seed=3).info
    assert info.classes == ("blue", "red")
    assert (info.count, info.class_counts, info.batches) == (6, (3, 3), 2)
    assert (info.image_shape, info.seed, info.split) == ((8, 8, 3), 3, "test")
    first = np.array([*range(5, 11), *range(245, 251)])  # of the training split
    second, third = np.array([10, 20] * 6), np.array([20, 250] * 6)
    assert info.mean == pytest.approx([first.mean(), second.mean(), third.mean()])
    assert info.std == pytest.approx([first.std(), second.std(), third.std()])


@pytest.mark.parametrize("cache", ["memory", "none"])
def test_an_epoch_depends_on_seed_and_number_alone(colours, cache):
    def make(seed):
        return load(f"folder:{colours}", batch_size=4, seed=seed, cache=cache)

    train, again = make(1), make(1)
    epochs = [all_of(train.epoch(n))[0] for n in range(3)]
    for n, images in enumerate(epochs):
        np.testing.assert_array_equal(all_of(again.epoch(n))[0], images)
        np.testing.assert_array_equal(all_of(again.epoch(n, first_batch=2))[0], images[8:])
    assert not np.array_equal(epochs[0], epochs[1])
    assert not np.array_equal(epochs[0], all_of(make(2).epoch(0))[0])
    for images in epochs:  # iterating goes through them
        np.testing.assert_array_equal(all_of(train)[0], images)


def test_all_epochs_are_traced_once(colours):
    calls = []

    def noted(images, labels, seed):
        calls.append(seed)
        return images, labels

    train = load(f"folder:{colours}", batch_size=4, augment=noted)
    list(train.epoch(0))
    before = len(calls)
    for n in range(1, 4):
        list(train.epoch(n, 1))
    assert len(calls) == before


def test_an_epoch_outlives_the_data_set_that_it_is_of(colours):
    def make():  # its files are read by Python
        return load(f"folder:{colours}", batch_size=4, seed=1, cache="none")

    whole = make()
    alone = make().epoch(2)
    gc.collect()
    np.testing.assert_array_equal(all_of(alone)[0], all_of(whole.epoch(2))[0])


def test_a_folder_may_hold_some_of_the_classes(colours):
    known = ("green", "red", "violet", "blue")
    shutil.rmtree(colours / "test" / "blue")
    test = load(f"folder:{colours}", "test", batch_size=4, classes=known)
    assert (test.info.classes, test.info.class_counts) == (known, (0, 3, 0, 0))
    assert all_of(test)[1].tolist() == [1, 1, 1]
    with pytest.raises(ValueError, match="1 problem:\n  train/blue: a class that is none of green, red\n"):
        load(f"folder:{colours}", batch_size=4, classes=("red", "green"))


def test_an_epoch_is_the_same_in_another_process(colours):
    program = (
        "import sys; from cvlabs.data import load\n"
        "data = load(sys.argv[1], batch_size=12, seed=7).epoch(5)\n"
        "print(*next(iter(data))[0].numpy()[:, 0, 0, 0])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, f"folder:{colours}"], capture_output=True, text=True, check=True
    )
    images, _ = all_of(load(f"folder:{colours}", batch_size=12, seed=7).epoch(5))
    assert [float(word) for word in run.stdout.split()] == images[:, 0, 0, 0].tolist()


def test_without_shuffling_the_order_is_that_of_the_files(colours):
    train = load(f"folder:{colours}", batch_size=12, shuffle=False)
    assert all_of(train)[1].tolist() == [0] * 6 + [1] * 6
    assert all_of(train.epoch(4))[1].tolist() == [0] * 6 + [1] * 6


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, got 0"),
        ({"batch_size": 2, "cache": "disk"}, "cache must be .*got 'disk'"),
        ({"batch_size": 2, "on_error": "ignore"}, "on_error must be .*got 'ignore'"),
        ({"batch_size": 2, "split": "train[:8o%]"}, "Unknown split"),
        ({"batch_size": 2, "split": "validation"}, "no split 'validation'; it has: test, train"),
        ({"batch_size": 2, "classes": "red"}, "classes must be two or more different names, got 'red'"),
        ({"batch_size": 2, "classes": ("red", "red")}, "classes must be two or more different names, got"),
    ],
)
def test_arguments_out_of_range(colours, arguments, message):
    with pytest.raises(ValueError, match=message):
        load(f"folder:{colours}", **arguments)


def test_a_part_without_images(colours):
    for split in ("train[100:]", "train[50%:50%]"):
        with pytest.raises(ValueError, match=r"'train' has 12 images of 2 classes, 6 in the smallest class"):
            load(f"folder:{colours}", split, batch_size=2)
    for file in (colours / "test").rglob("*.png"):
        file.unlink()
    with pytest.raises(ValueError, match=r"no images in 'test'. Put some there"):
        load(f"folder:{colours}", "test", batch_size=2)


@pytest.mark.parametrize(("count", "held"), [(2, 1), (3, 1), (10, 2)])
def test_the_part_to_test_on_has_images_of_each_class(tmp_path, write, count, held):
    for name in ("a", "b"):
        for i in range(count):
            write(tmp_path / name / f"{i}.png")
    folder = f"folder:{tmp_path}"
    counts = [load(folder, split, batch_size=2).info.class_counts for split in holdout(folder)]
    assert counts == [(count - held,) * 2, (held,) * 2]


def test_one_image_of_each_class_cannot_be_parted(tmp_path, write):
    for name in ("a", "b"):
        write(tmp_path / name / "x.png")
    with pytest.raises(
        ValueError, match=r"has 2 images of 2 classes, 1 in the smallest class.* classes of two or more"
    ):
        load(f"folder:{tmp_path}", "train[80%:]", batch_size=2)


def test_a_batch_has_no_more_images_than_there_are(colours):
    train = load(f"folder:{colours}", batch_size=128)
    assert (train.info.batch_size, train.info.batches, len(train)) == (12, 1, 1)
    assert load(f"folder:{colours}", batch_size=5).info.batch_size == 5


def test_keras_trains_on_it(colours):
    import keras

    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = model.fit(load(f"folder:{colours}", batch_size=4, seed=0), epochs=2, verbose=0, shuffle=False)
    assert len(history.history["loss"]) == 2
