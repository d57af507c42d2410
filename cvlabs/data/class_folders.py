"""Which classes and splits a tree of files holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from cvlabs.data.source import Problem
from cvlabs.data.split import no_split
from cvlabs.data.tree import Path, Tree

_SPLITS = {
    "train": "train",
    "training": "train",
    "test": "test",
    "testing": "test",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
}
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp")


@dataclass(frozen=True)
class ClassFolders:
    """The files of one split.

    Args:
        classes: Names of the class folders of the training split, sorted.
        files: Path and class index of each file.
        problems: What is not as it should be: path and reason.
    """

    classes: tuple[str, ...]
    files: tuple[tuple[Path, int], ...]
    problems: tuple[Problem, ...]


def class_folders(tree: Tree, split: str) -> ClassFolders:
    """Finds the classes of a tree: `class/image`, or `train/class/image` and `test/class/image`.

    All may lie in one more folder, as in most archives, and a class may have folders of its own, one deep.
    There are splits where there is a folder `train` (or `training`); what lies beside them is not read.
    Classes are those of the training split: empty ones, and those that only another split has, are problems.

    Raises:
        ValueError: There are no class folders, or there is no such split.
    """
    roots = split_folders(tree)
    if split not in roots:
        raise no_split(tree.root, split, roots)
    names = {own: sorted({path[0] for path in _below(tree.folders, roots[own])}) for own in roots}
    classes = names["train"]
    if not classes:
        raise ValueError(
            f"{tree.root} has no class folders. Expected: a folder of images for each class, or folders "
            "train and test with such."
        )
    problems = [
        ("/".join((*roots[own], name)), "a class that the training split does not have")
        for own in roots
        for name in names[own]
        if name not in classes
    ]
    files, misplaced = _of_classes(tree, roots[split], classes)
    filled = {label for _, label in files}
    if split == "train":
        empty = [name for i, name in enumerate(classes) if i not in filled]
        problems += [("/".join((*roots[split], name)), "an empty class") for name in empty]
    return ClassFolders(tuple(classes), tuple(files), (*problems, *misplaced))


def split_folders(tree: Tree) -> dict[str, Path]:
    """Returns the folder of each split; the whole tree is the training split where there is none.

    Raises:
        ValueError: Two folders are for the same split.
    """
    top = _names(tree.folders)
    wrapper: Path = ()
    deeper = any(len(path) > 1 for path in tree.folders)
    if len(top) == 1 and deeper and not top & set(_SPLITS):
        wrapper = tuple(top)
        top = _names(_below(tree.folders, wrapper))
    splits: dict[str, Path] = {}
    for name in sorted(top):
        if own := _SPLITS.get(name.lower()):
            if own in splits:
                raise ValueError(
                    f"{tree.root} has two folders for the split {own}: {splits[own][-1]} and {name}."
                )
            splits[own] = (*wrapper, name)
    return splits if "train" in splits else {"train": wrapper}


def _names(paths: Iterable[Path]) -> set[str]:
    return {path[0] for path in paths}


def _below(paths: Iterable[Path], root: Path) -> list[Path]:
    """Paths below a folder, relative to it."""
    return [path[len(root) :] for path in paths if path[: len(root)] == root and len(path) > len(root)]


def _of_classes(tree: Tree, root: Path, classes: list[str]) -> tuple[list[tuple[Path, int]], list[Problem]]:
    labels = {name: i for i, name in enumerate(classes)}
    files: list[tuple[Path, int]] = []
    problems: list[Problem] = []
    for path in _below(tree.files, root):
        whole = (*root, *path)
        if len(path) == 1:
            if path[0].lower().endswith(_IMAGES):  # else a list or a licence, which often lies here
                problems.append(("/".join(whole), "an image outside of the class folders"))
        elif len(path) > 3:
            problems.append(("/".join(whole), "lies more than one folder below its class"))
        elif path[0] in labels:
            files.append((whole, labels[path[0]]))
    return files, problems
