"""Which classes a tree of files holds."""

from dataclasses import dataclass

from cvlabs.data.source import Problem
from cvlabs.data.split import no_split
from cvlabs.data.split_folders import IMAGES, below, names, split_folders
from cvlabs.data.tree import Path, Tree


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

    All may lie in one more folder or several, as in most archives, and a class may have folders of its own,
    one deep. There are splits where folders have their usual names, such as `train` and `training_set`; what
    lies beside them is not read. Classes are those of the training split: empty ones, and those that only
    another split has, are problems.

    Raises:
        ValueError: There are no class folders, or one only, or there is no such split; or as `split_folders`.
    """
    roots = split_folders(tree)
    if split not in roots:
        raise no_split(tree.root, split, roots)
    found = {own: sorted(names(below(tree.folders, roots[own]))) for own in roots}
    classes = found["train"]
    if len(classes) < 2:
        has = f"only one class, {classes[0]}" if classes else "no class folders"
        raise ValueError(
            f"{tree.root} has {has}. Expected in {tree.root.joinpath(*roots['train'])}: a folder of images "
            "for each of two or more classes, or folders train and test that hold such folders."
        )
    problems = [
        ("/".join((*roots[own], name)), "a class that the training split does not have")
        for own in roots
        for name in found[own]
        if name not in classes
    ]
    files, misplaced = _of_classes(tree, roots[split], classes)
    filled = {label for _, label in files}
    if split == "train":
        empty = [name for i, name in enumerate(classes) if i not in filled]
        problems += [("/".join((*roots[split], name)), "an empty class") for name in empty]
    return ClassFolders(tuple(classes), tuple(files), (*problems, *misplaced))


def _of_classes(tree: Tree, root: Path, classes: list[str]) -> tuple[list[tuple[Path, int]], list[Problem]]:
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
