"""Names for the scores of a classifier."""

from collections.abc import Sequence
from importlib import resources
from typing import Any

import numpy as np

from cvlabs.whole_number import whole_number


def imagenet_classes() -> list[str]:
    """Returns the names of ImageNet's 1000 classes in their order.

    The list is torchvision's (BSD 3-Clause license), in `imagenet_classes.txt`.
    """
    return resources.files("cvlabs").joinpath("imagenet_classes.txt").read_text(encoding="utf-8").splitlines()


def decode_predictions(
    predictions: Any, top: int = 5, *, class_names: Sequence[str] | None = None
) -> list[list[tuple[str, float]]]:
    """Returns the best classes of each sample, with their scores.

    Args:
        predictions: Scores N×classes, probabilities or logits.
        top: How many classes to return; all, if there are fewer.
        class_names: Names of the classes; ImageNet's if left out.

    Returns:
        For each sample, pairs of name and score, the best first.

    Raises:
        ValueError: The scores are not N×classes or no numbers, or there are not as many names as classes.

    Example:
        >>> decode_predictions([[0.1, 0.7, 0.2]], top=2, class_names=["ant", "bee", "cat"])
        [[('bee', 0.7), ('cat', 0.2)]]
    """
    scores = np.asarray(predictions, dtype="float64")
    names = imagenet_classes() if class_names is None else list(class_names)
    if scores.ndim != 2 or scores.shape[1] != len(names):
        raise ValueError(
            f"predictions must be N×{len(names)} for {len(names)} class names, got {scores.shape}."
        )
    whole_number("top", top)
    broken = np.flatnonzero(np.isnan(scores).any(axis=1))
    if broken.size:
        raise ValueError(
            f"predictions must be numbers, but sample {broken[0]} has scores that are NaN ({broken.size} of "
            f"{len(scores)} samples do): the network's weights or its input have such values."
        )
    order = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    return [[(names[i], float(row[i])) for i in best] for row, best in zip(scores, order, strict=True)]
