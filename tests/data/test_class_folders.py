"""Where in a tree of files the splits and the classes are."""

import zipfile

import pytest

from cvlabs.data.class_folders import class_folders
from cvlabs.data.folder import is_beside_images
from cvlabs.data.split_folders import split_folders
from cvlabs.data.tree import open_tree


def tree(root, *paths):
    """A tree with an empty file at each path; what ends with a slash is a folder."""
    for path in paths:
        place = root / path
        (place if path.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            place.touch()
    return open_tree(root)


def images(*folders):
    return [f"{folder}/x.png" for folder in folders]


@pytest.mark.parametrize(
    ("train", "other", "split"),
    [
        ("training_set", "test_set", "test"),
        ("Train Data", "Test Data", "test"),
        ("trainset", "testset", "test"),
        ("training-images", "testing-images", "test"),
        ("train", "dev", "validation"),
        ("Training", "val_set", "validation"),
        ("train_set", "valid", "validation"),
    ],
)
def test_names_of_splits(tmp_path, train, other, split):
    found = tree(tmp_path, *images(*(f"{own}/{name}" for own in (train, other) for name in ("cat", "dog"))))
    assert split_folders(found) == {"train": (train,), split: (other,)}
    assert class_folders(found, split).classes == ("cat", "dog")


@pytest.mark.parametrize(
    "classes",
    [
        ("train", "bus", "car"),
        ("testimony", "validity"),
        ("bus/2023", "bus/2024", "car/2023"),
        ("bus/2023", "bus/2024", "car", "car/2023", "car/2024"),
        ("bus/new", "car/new"),
    ],
)
def test_class_folders_that_are_no_splits(tmp_path, classes):
    found = tree(tmp_path, *images(*classes))
    assert split_folders(found) == {"train": ()}
    assert class_folders(found, "train").classes == tuple(sorted({name.split("/")[0] for name in classes}))


def test_no_training_split(tmp_path):
    found = tree(tmp_path, *images("set/val/cat", "set/val/dog", "set/test/cat", "set/test/dog"))
    with pytest.raises(
        ValueError, match=r"has test and val, but no folder for the training split. Add a folder train"
    ):
        split_folders(found)
    found = tree(tmp_path / "other", *images("test/cat", "photos/cat", "photos/dog"))
    with pytest.raises(ValueError, match="has test, but no folder for the training split"):
        split_folders(found)


def test_two_folders_for_a_split(tmp_path):
    with pytest.raises(
        ValueError, match=r"two folders for the split train: train and training_set. Merge them"
    ):
        split_folders(tree(tmp_path, *images("train/cat", "training_set/cat")))


def test_splits_of_unknown_names(tmp_path):
    found = tree(tmp_path, *images("part1/cat", "part1/dog", "part2/cat", "part2/dog"))
    with pytest.raises(
        ValueError, match=r"has part1, part2, each with the folders cat, dog. .* train and test"
    ):
        split_folders(found)


@pytest.mark.parametrize("wrapper", ["", "x/", "x/good/", "x/good/better/"])
@pytest.mark.parametrize(("train", "test"), [("", None), ("train/", "test/"), ("train/train/", "test/test/")])
def test_folders_around_are_passed_through(tmp_path, wrapper, train, test):
    paths = [f"{wrapper}{split}{name}" for split in (train, test) if split is not None for name in ("a", "b")]
    archive = tmp_path / "set.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in images(*paths):
            file.writestr(path, b"x")
    for found in (tree(tmp_path / "set", *images(*paths)), open_tree(archive)):
        for split, folder in (("train", train), ("test", test)):
            if folder is not None:
                held = class_folders(found, split)
                assert held.classes == ("a", "b")
                assert ["/".join(path) for path, _ in held.files] == images(
                    *(f"{wrapper}{folder}{name}" for name in "ab")
                )


def test_a_class_is_not_passed_through(tmp_path):
    found = tree(tmp_path, *images("train/cat", "train/dog", "test/dog/big", "test/dog/small"))
    assert [label for _, label in class_folders(found, "test").files] == [1, 1]


@pytest.mark.parametrize("paths", [["x/good/cat/1.png", "x/good/cat/more/2.png"], ["x/good/cat/1.png"]])
def test_one_class_only(tmp_path, paths):
    found = tree(tmp_path, *paths)
    place = f"{tmp_path}/x/good"
    with pytest.raises(
        ValueError, match=rf"has only one class, cat. Expected in {place}: .* two or more classes"
    ):
        class_folders(found, "train")


def test_none_of_the_classes_asked_for(tmp_path):
    for paths, has in ((["cat/1.png", "dog/1.png"], "the folders cat, dog"), (["1.png"], "no class folders")):
        found = tree(tmp_path / has, *paths)
        with pytest.raises(ValueError, match=f"has {has}. Expected in .* more of the classes ant, bee"):
            class_folders(found, "train", ("bee", "ant"))


@pytest.mark.parametrize(
    ("folder", "beside"),
    [
        ("trained", True),
        ("trained/resnet18", True),
        ("train/trained", False),
        ("test", False),
        ("val", False),  # would be a split
        ("train/cat", False),
    ],
)
def test_what_may_be_written_beside_the_splits(tmp_path, folder, beside):
    tree(tmp_path, *images("train/cat", "train/dog", "test/cat", "test/dog"))
    assert is_beside_images(str(tmp_path), tuple(folder.split("/"))) is beside


@pytest.mark.parametrize(("folder", "beside"), [("trained", False), ("photos/trained", True)])
def test_what_may_be_written_beside_a_folder_of_splits(tmp_path, folder, beside):
    """A folder around that of the splits holds nothing else, or the splits would not be found."""
    tree(tmp_path, *images("photos/train/cat", "photos/train/dog"))
    assert is_beside_images(str(tmp_path), tuple(folder.split("/"))) is beside


@pytest.mark.parametrize("folder", ["trained", "cat/trained"])
def test_nothing_may_be_written_beside_classes(tmp_path, folder):
    tree(tmp_path, *images("cat", "dog"))
    assert not is_beside_images(str(tmp_path), tuple(folder.split("/")))
