"""Top-1 and top-5 error, as in ILSVRC.

Reference: Russakovsky et al., "ImageNet Large Scale Visual Recognition Challenge", IJCV 2015, section 4.1: an
image counts as wrong if its label is not among the k classes with the best scores.
"""

from typing import Any

import numpy as np

Array = Any  # numpy.ndarray


def label_ranks(scores: Array, labels: Array) -> Array:
    """Returns how many classes come before the label of each image: 0 where the best score is right.

    Of equal scores the first class comes first, so that a network that answers the same to everything has the
    error of chance. A label whose image has a score that is no number comes last.

    Args:
        scores: Probabilities or logits N×classes.
        labels: Class numbers of shape N.

    Raises:
        ValueError: The shapes do not fit, or a label is no class.

    Example:
        >>> label_ranks([[0.2, 0.5, 0.3], [0.4, 0.3, 0.3]], [2, 0]).tolist()
        [1, 0]
    """
    scores, labels = np.asarray(scores, "float64"), np.asarray(labels)
    if scores.ndim != 2 or labels.shape != scores.shape[:1]:
        raise ValueError(
            f"scores must be N×classes and labels N class numbers, got {scores.shape} and {labels.shape}."
        )
    count, classes = scores.shape
    if count and not (labels.min() >= 0 and labels.max() < classes):
        raise ValueError(
            f"labels must be from 0 to {classes - 1}, as the network has {classes} outputs; "
            f"got {labels.min()} to {labels.max()}."
        )
    own = scores[np.arange(count), labels][:, None]
    before = np.arange(classes) < labels[:, None]
    ranks = np.sum((scores > own) | ((scores == own) & before), axis=1)
    return np.where(np.isnan(scores).any(axis=1), classes, ranks)


def top_k_error(ranks: Array, k: int) -> float:
    """Returns the share of images, in percent, whose label is not among the k best classes.

    Args:
        ranks: What `label_ranks` returns.
        k: How many classes may be named.

    Example:
        >>> top_k_error([0, 1, 0, 7], 1)
        50.0
    """
    return float(100 * np.mean(np.asarray(ranks) >= k))
