"""Which classes are taken for which, as a map."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cvlabs.grading import for_readers
from cvlabs.plot.finish import show_or_save

_MOST_NAMED = 40  # classes whose names still can be read
_MOST_COUNTED = 20


@for_readers
def confusion(
    evaluation: Any,
    classes: Sequence[str] | None = None,
    *,
    title: str = "",
    save: str | Path | None = None,
) -> None:
    """Shows how many images of each class, in rows, were taken for each class, in columns.

    Colours are shares of the row, so that rare classes show as well as frequent ones.

    Args:
        evaluation: What `cvlabs.train.evaluate` returned, or a matrix classes×classes of counts.
        classes: Names of the classes, for a matrix.
        title: Title of the figure.
        save: A file for the figure, which is then not shown.

    Raises:
        ValueError: It is no square matrix, or the names are not as many.
    """
    matrix = np.asarray(getattr(evaluation, "confusion", evaluation))
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(
            f"Expected an Evaluation, or a matrix classes×classes of counts; got shape {matrix.shape}."
        )
    known = classes if classes is not None else getattr(evaluation, "classes", None)
    names = list(map(str, range(len(matrix)))) if known is None else list(known)
    if len(names) != len(matrix):
        raise ValueError(f"There are {len(matrix)} classes and {len(names)} names.")
    import matplotlib.pyplot as plt

    count = len(matrix)
    shares = 100 * matrix / np.maximum(1, matrix.sum(axis=1, keepdims=True))
    side = min(10.0, 3.2 + 0.42 * count)
    figure, axis = plt.subplots(figsize=(side + 0.9, side), layout="constrained")
    image = axis.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    if count <= _MOST_NAMED:
        axis.set_xticks(range(count), names, rotation=90 if max(map(len, names)) > 2 else 0)
        axis.set_yticks(range(count), names)
    if count <= _MOST_COUNTED:
        for i, j in zip(*np.nonzero(matrix), strict=True):
            colour = "white" if shares[i, j] > 55 else "#222222"
            axis.text(j, i, str(matrix[i, j]), ha="center", va="center", fontsize=8, color=colour)
    axis.set_xlabel("predicted")
    axis.set_ylabel("true")
    figure.colorbar(image, ax=axis, shrink=0.8, label="percent of the true class")
    total = matrix.sum()
    error = 100 * (1 - np.trace(matrix) / total) if total else float("nan")
    axis.set_title(title or f"top-1 error {error:.2f} % of {total:,} images", fontsize=11)
    show_or_save(figure, save)
