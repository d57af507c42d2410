"""Which folders of a tree are splits, and which only lie around what is looked for."""

import re
from collections.abc import Callable, Iterable

from cvlabs.data.tree import Path, Tree

IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp")

# `training_set`, `Test Data`, `trainset`, `val-images` name splits, too.
_NAME = re.compile(r"(train|training|test|testing|val|valid|validation|dev)(set|data|dataset|images|split)?")
_SPLITS = {
    "train": "train",
    "training": "train",
    "test": "test",
    "testing": "test",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
}


def split_folders(tree: Tree) -> dict[str, Path]:
    """Returns the folder of each split; the whole tree is the training split where there is none.

    A folder that holds nothing but one folder of folders is passed through, here and in each split.

    Raises:
        ValueError: Two folders are for the same split, there are splits but no training split, or folders
            look like splits but have other names.
    """
    wrapper = _unwrapped(tree, (), _split_of)
    top = names(below(tree.folders, wrapper))
    found = _named(tree, wrapper, top)
    if not found:
        _refuse_unnamed(tree, wrapper, top)
        return {"train": wrapper}
    train = found["train"] = _unwrapped(tree, found["train"], lambda name: False)
    classes = names(below(tree.folders, train))
    for own in found.keys() - {"train"}:
        found[own] = _unwrapped(tree, found[own], classes.__contains__)
    return found


def below(paths: Iterable[Path], root: Path) -> list[Path]:
    """Returns the paths below a folder, relative to it."""
    return [path[len(root) :] for path in paths if path[: len(root)] == root and len(path) > len(root)]


def names(paths: Iterable[Path]) -> set[str]:
    """Returns the first name of each path."""
    return {path[0] for path in paths}


def few(found: Iterable[str]) -> str:
    """Returns up to five names in a line, sorted."""
    shown = sorted(found)
    return ", ".join(shown[:5]) + (", …" if len(shown) > 5 else "")


def _split_of(name: str) -> str | None:
    match = _NAME.fullmatch(re.sub(r"[\W_]", "", name.lower()))
    return _SPLITS[match[1]] if match else None


def _unwrapped(tree: Tree, root: Path, is_kept: Callable[[str], object]) -> Path:
    """The first folder, from a root on, that holds something else than one folder of folders."""
    inner = below(tree.folders, root)
    top = names(inner)
    if len(top) != 1 or all(len(path) == 1 for path in inner):
        return root
    (only,) = top
    if is_kept(only) or _hold_images(tree, root, top):
        return root
    return _unwrapped(tree, (*root, only), is_kept)


def _hold_images(tree: Tree, root: Path, folders: set[str]) -> set[str]:
    """Which of some folders hold images themselves, and not in folders of their own."""
    paths = below(tree.files, root)
    return {p[0] for p in paths if len(p) == 2 and p[0] in folders and p[1].lower().endswith(IMAGES)}


def _named(tree: Tree, root: Path, top: set[str]) -> dict[str, Path]:
    """The folders that have the name of a split; none where there is no such, or it is a class."""
    marked = {name: own for name in sorted(top) if (own := _split_of(name))}
    if len(marked) == 1 < len(top) and not below(tree.folders, (*root, min(marked))):
        return {}  # `train`, beside `bus` and `car`
    found: dict[str, Path] = {}
    for name, own in marked.items():
        if own in found:
            raise ValueError(
                f"{tree.root} has two folders for the split {own}: {found[own][-1]} and {name}. Merge them, "
                "or move one away."
            )
        found[own] = (*root, name)
    if found and "train" not in found:
        raise ValueError(
            f"{tree.root} has {' and '.join(marked)}, but no folder for the training split. Add a folder "
            f"train with a folder for each class, or give the path of {min(marked)} itself to train on it."
        )
    return found


def _refuse_unnamed(tree: Tree, root: Path, top: set[str]) -> None:
    """Raises an error where each folder has the same classes, so that they are splits of other names."""
    inner: dict[str, set[str]] = {name: set() for name in top}
    for path in below(tree.folders, root):
        if len(path) > 1:
            inner[path[0]].add(path[1])
    same = next(iter(inner.values()), set())
    if len(top) < 2 or len(same) < 2 or any(found != same for found in inner.values()):
        return
    if not _hold_images(tree, root, top):
        raise ValueError(
            f"{tree.root} has {few(top)}, each with the folders {few(same)}. If those are the classes, "
            f"name the folders of the splits train and test; otherwise put images directly into {min(top)}."
        )
