"""Where images come from: what `load` needs of a data set, whichever it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cvlabs.counted import counted

Problem = tuple[str, str]  # a path, and what is wrong there


@dataclass(frozen=True)
class Files:
    """Images that are still encoded.

    Args:
        paths: What to call each file in a message.
        read: Returns the contents of the files with these numbers.
        formats: What each file is, by its first bytes: see `cvlabs/data/headers.py`.
        sizes: Height and width of each image, N×2.
    """

    paths: tuple[str, ...]
    read: Callable[[np.ndarray], list[bytes]]
    formats: tuple[str, ...]
    sizes: np.ndarray

    def __len__(self) -> int:
        return len(self.paths)

    def take(self, places: np.ndarray) -> "Files":
        """Returns the files at some places, numbered anew."""
        return Files(
            tuple(self.paths[i] for i in places),
            lambda indices: self.read(places[indices]),
            tuple(self.formats[i] for i in places),
            self.sizes[places],
        )


@dataclass(frozen=True)
class Source:
    """One split of a data set.

    Args:
        classes: Names of the classes, in the order of their labels.
        images: N×H×W×3 values from 0 to 255, or files.
        labels: Class index of each image, int32.
        skipped: Files that were left out, and why.
    """

    classes: tuple[str, ...]
    images: np.ndarray | Files
    labels: np.ndarray
    skipped: tuple[Problem, ...] = ()

    def take(self, places: np.ndarray) -> "Source":
        """Returns the images at some places, in that order."""
        images = self.images.take(places) if isinstance(self.images, Files) else self.images[places]
        return replace(self, images=images, labels=self.labels[places])


def spread(count: int, most: int) -> np.ndarray:
    """Returns up to `most` places, spread evenly over `count`."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))


def complain(what: str, problems: list[Problem]) -> ValueError:
    """Returns the error that lists problems by path, with the way out."""
    return ValueError(
        f"{what} has {counted(len(problems), 'problem')}:\n{_listed(problems)}\n"
        'Repair or remove them, or leave them out with on_error="skip".'
    )


def no_images(what: str, split: str, whole: Source) -> ValueError:
    """Returns the error that a split, or a slice of it, has no image.

    Args:
        what: The data set.
        split: What was asked for.
        whole: The split that it is a slice of.
    """
    if whole.skipped and not len(whole.labels):
        return ValueError(
            f"{what} has no images in {split!r} that can be read:\n{_listed(whole.skipped)}\n"
            "Expected: JPEG, PNG, GIF, BMP or WebP files in class folders."
        )
    if not len(whole.labels):
        return ValueError(f"{what} has no images in {split!r}. Put some there, or take another split.")
    counts, images = np.bincount(whole.labels), counted(len(whole.labels), "image")
    others = f"\nFiles that cannot be read:\n{_listed(whole.skipped)}" if whole.skipped else ""
    return ValueError(
        f"{what} has no images in {split!r}: {split.partition('[')[0]!r} has {images} of "
        f"{len(whole.classes)} classes, {counts[counts > 0].min()} in the smallest class. Take another part, "
        f"or add images: percentages divide only classes of two or more images.{others}"
    )


def _listed(problems: Sequence[Problem]) -> str:
    shown = [f"  {path}: {reason}" for path, reason in problems[:10]]
    if len(problems) > len(shown):
        shown.append(f"  … and {len(problems) - len(shown)} more")
    return "\n".join(shown)
