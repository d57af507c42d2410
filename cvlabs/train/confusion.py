"""Which classes a network takes for which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any  # numpy.ndarray


@dataclass(frozen=True)
class Confused:
    """A class that is taken for another.

    Args:
        true: Name of the class that the images belong to.
        predicted: Name of the class that the network says.
        count: How many images.
        share: Which part of the images of the true class they are, from 0 to 1.
    """

    true: str
    predicted: str
    count: int
    share: float


def confusion_matrix(labels: Array, predictions: Array, classes: int) -> Array:
    """Returns how many images of each class, in rows, were taken for each class, in columns.

    Example:
        >>> confusion_matrix([0, 0, 1], [0, 1, 1], 2).tolist()
        [[1, 1], [0, 1]]
    """
    pairs = np.asarray(labels, "int64") * classes + np.asarray(predictions, "int64")
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def most_confused(matrix: Array, names: Sequence[str], count: int = 5) -> list[Confused]:
    """Returns the pairs of classes that are confused most, by the share of the true class.

    Args:
        matrix: What `confusion_matrix` returns.
        names: Names of the classes.
        count: How many pairs, at most.

    Example:
        >>> most_confused(confusion_matrix([0, 0, 1], [0, 1, 1], 2), ["cat", "dog"])
        [Confused(true='cat', predicted='dog', count=1, share=0.5)]
    """
    matrix = np.asarray(matrix)
    wrong = matrix * ~np.eye(len(matrix), dtype=bool)
    shares = wrong / np.maximum(1, matrix.sum(axis=1, keepdims=True))
    order = np.lexsort((-wrong.ravel(), -shares.ravel()))[:count]
    places = [divmod(int(i), len(matrix)) for i in order]
    return [
        Confused(names[i], names[j], int(matrix[i, j]), float(shares[i, j])) for i, j in places if wrong[i, j]
    ]
