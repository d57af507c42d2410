"""Which classes a tree of files holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from cvlabs.data.source import Problem
from cvlabs.data.split import no_split
from cvlabs.data.split_folders import IMAGES, below, few, names, split_folders
from cvlabs.data.tree import Path, Tree


@dataclass(frozen=True)
class ClassFolders:
    """The files of one split.

    Args:
        classes: Names of the classes: those asked for, or of the class folders of the training split, sorted.
        files: Path and class index of each file.
        problems: What is not as it should be: path and reason.
    """

    classes: tuple[str, ...]
    files: tuple[tuple[Path, int], ...]
    problems: tuple[Problem, ...]


def class_folders(tree: Tree, split: str, classes: Sequence[str] | None = None) -> ClassFolders:
    """Finds the classes of a tree: `class/image`, or `train/class/image` and `test/class/image`.

    All may lie in one more folder or several, as in most archives, and a class may have folders of its own,
    one deep. There are splits where folders have their usual names, such as `train` and `training_set`; what
    lies beside them is not read. Classes are those of the training split: empty ones, and those that only
    another split has, are problems.

    Args:
        tree: The tree.
        split: Name of the split.
        classes: The classes, where they are known; only other folders are problems then.

    Raises:
        ValueError: There are no class folders, or one only, or none of those asked for; or there is no such
            split; or as `split_folders`.
    """
    roots = split_folders(tree)
    if split not in roots:
        raise no_split(tree.root, split, roots)
    found = {own: sorted(names(below(tree.folders, roots[own]))) for own in roots}
    if classes is None:
        classes, looked_at, unknown = found["train"], roots, "a class that the training split does not have"
        _check_several(tree, roots["train"], classes)
    else:
        looked_at, unknown = {split: roots[split]}, f"a class that is none of {few(classes)}"
        _check_some(tree, roots[split], found[split], classes)
    problems = [
        ("/".join((*roots[own], name)), unknown)
        for own in looked_at
        for name in found[own]
        if name not in classes
    ]
    files, misplaced = _of_classes(tree, roots[split], classes)
    filled = {label for _, label in files}
    if split == "train" and classes is found["train"]:
        empty = [name for i, name in enumerate(classes) if i not in filled]
        problems += [("/".join((*roots[split], name)), "an empty class") for name in empty]
    return ClassFolders(tuple(classes), tuple(files), (*problems, *misplaced))


def _check_several(tree: Tree, root: Path, found: Sequence[str]) -> None:
    if len(found) < 2:
        has = f"only one class, {found[0]}" if found else "no class folders"
        raise ValueError(
            f"{tree.root} has {has}. Expected in {tree.root.joinpath(*root)}: a folder of images for each of "
            "two or more classes, or folders train and test that hold such folders."
        )


def _check_some(tree: Tree, root: Path, found: Sequence[str], classes: Sequence[str]) -> None:
    if not set(found) & set(classes):
        has = f"the folders {few(found)}" if found else "no class folders"
        raise ValueError(
            f"{tree.root} has {has}. Expected in {tree.root.joinpath(*root)}: a folder of images for one or "
            f"more of the classes {few(classes)}."
        )


def _of_classes(
    tree: Tree, root: Path, classes: Sequence[str]
) -> tuple[list[tuple[Path, int]], list[Problem]]:
    labels = {name: i for i, name in enumerate(classes)}
    files: list[tuple[Path, int]] = []
    problems: list[Problem] = []
    for path in below(tree.files, root):
        whole = (*root, *path)
        if len(path) == 1:
            if path[0].lower().endswith(IMAGES):  # else a list or a licence, which often lies here
                problems.append(("/".join(whole), "an image outside the class folders"))
        elif len(path) > 3:
            problems.append(("/".join(whole), "lies more than one folder below its class"))
        elif path[0] in labels:
            files.append((whole, labels[path[0]]))
    return files, problems
