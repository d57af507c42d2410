"""Image folders: `folder:PATH`."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from cvlabs.data.class_folders import class_folders
from cvlabs.data.headers import Header, read_header
from cvlabs.data.source import Files, Problem, Source
from cvlabs.data.split_folders import split_folders
from cvlabs.data.tree import Path, Tree, open_tree

_HEAD = 65_536  # bytes that hold the header of nearly every image


def folder_splits(path: str) -> tuple[str, ...]:
    """Returns the splits of a folder or a zip.

    Raises:
        ValueError: There is no such folder, or its splits are not clear: see `split_folders`.
    """
    return tuple(split_folders(open_tree(path)))


def is_beside_images(path: str, folder: Path) -> bool:
    """Whether something may be written below a folder of images, and the splits stay what they are.

    Args:
        path: The folder of images.
        folder: Where to write, as names below it.

    Raises:
        ValueError: As `folder_splits`.
    """
    tree = open_tree(path)
    roots = split_folders(tree)
    if any(folder[: len(root)] == root for root in roots.values()):
        return False
    added = tuple(folder[:i] for i in range(1, len(folder) + 1))
    written = (*folder, "anything")
    try:
        return split_folders(replace(tree, folders=(*tree.folders, *added, written))) == roots
    except ValueError:  # it has the name of a split
        return False


def folder_source(path: str, split: str, classes: Sequence[str] | None = None) -> Source:
    """Returns the image files of one split of a folder or a zip; `skipped` lists what cannot be used.

    Args:
        path: The folder or zip.
        split: Name of a split.
        classes: As for `class_folders`.

    Raises:
        ValueError: There is no such folder or split, or its class folders will not do: see `class_folders`.
    """
    tree = open_tree(path)
    found = class_folders(tree, split, classes)
    problems: list[Problem] = list(found.problems)
    paths, labels, headers = [], [], []
    for file, label in found.files:
        try:
            header = _header(tree, file)
        except (OSError, ValueError) as error:
            reason = f"cannot be opened: {error.strerror}" if isinstance(error, OSError) else str(error)
            problems.append(("/".join(file), reason))
            continue
        paths.append(file)
        labels.append(label)
        headers.append(header)
    files = Files(
        tuple("/".join(file) for file in paths),
        _reader(tree, paths),
        tuple(form for form, _, _ in headers),
        np.array([size for _, *size in headers], np.int32).reshape(-1, 2),
    )
    return Source(found.classes, files, np.array(labels, np.int32), tuple(problems))


def _header(tree: Tree, path: Path) -> Header:
    data = tree.read(path, _HEAD)
    try:
        return read_header(data)
    except ValueError:
        if len(data) != _HEAD:
            raise
        return read_header(tree.read(path, None))  # a long comment or a thumbnail stands before the size


def _reader(tree: Tree, paths: list[Path]) -> Callable[[np.ndarray], list[bytes]]:
    return lambda indices: [tree.read(paths[i], None) for i in indices]
