"""How often a network is wrong, and about what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cvlabs.counted import counted
from cvlabs.predictions import imagenet_classes
from cvlabs.train.batches import is_arrays
from cvlabs.train.confusion import Confused, confusion_matrix, most_confused
from cvlabs.train.errors import label_ranks, top_k_error
from cvlabs.train.fits import listed
from cvlabs.train.labels import class_numbers
from cvlabs.train.naming import saved_names
from cvlabs.train.probabilities import classifier
from cvlabs.train.progress import EvaluationProgress, say, silent
from cvlabs.train.result import Result
from cvlabs.train.scale import check_values
from cvlabs.train.trained import trained_model
from cvlabs.train.views import Views, check_views, checked, whole
from cvlabs.whole_number import whole_number

Array = Any  # numpy.ndarray


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What `evaluate` found.

    Args:
        network: Name of the network.
        data: Name of the data and of its split, where they are known.
        images: How many images were looked at.
        views: How many views of each.
        top1_error: Share of the images, in percent, whose label has not the best score.
        top5_error: Share whose label is not among the five best; `None` with five classes or fewer.
        classes: Names of the classes; their numbers where no names are known.
        confusion: Images of each class, in rows, that were taken for each class, in columns.
    """

    network: str
    data: str
    images: int
    views: int
    top1_error: float
    top5_error: float | None
    classes: tuple[str, ...]
    confusion: Array

    def most_confused(self, count: int = 5) -> list[Confused]:
        """Returns the pairs of classes that are confused most, by the share of the true class."""
        return most_confused(self.confusion, self.classes, count)

    def class_errors(self) -> dict[str, float]:
        """Returns the top-1 error of each class that has images, in percent."""
        totals = self.confusion.sum(axis=1)
        right = np.diag(self.confusion)
        return {
            name: float(100 * (1 - right[i] / totals[i])) for i, name in enumerate(self.classes) if totals[i]
        }

    def __str__(self) -> str:
        views = "" if self.views == 1 else f", {self.views} views of each"
        lines = [
            f"{self.network} on {self.data}: {counted(self.images, 'image')}{views}",
            f"top-1 error {self.top1_error:.2f} %",
        ]
        if self.top5_error is not None:
            lines.append(f"top-5 error {self.top5_error:.2f} %")
        pairs = self.most_confused(3)
        if pairs:
            lines.append("confused most:")
            lines += [f"  {p.true} taken for {p.predicted}: {p.count} ({100 * p.share:.0f} %)" for p in pairs]
        return "\n".join(lines)

    __repr__ = __str__


def evaluate(
    network: Any,
    data: Any,
    *,
    views: Views = whole,
    classes: Sequence[str] | None = None,
    batch_size: int = 64,
    verbose: bool = True,
) -> Evaluation:
    """Measures the top-1 and top-5 error of a network, as in ILSVRC.

    Args:
        network: What `fit` returned, a model that takes pixels, a `.keras` file, or what
            `cvlabs.create_model(name, weights="imagenet")` gives, which is normalized as its weights expect.
        data: A data set of `cvlabs.data`, other batches `(images, labels)`, or two arrays. Images N×H×W×C
            with values from 0 to 255, or as `fit` got them; labels class numbers N, or one-hot N×classes.
        views: What the network sees of each image: `whole`, `center_crop`, `ten_crop`, `mirrored(…)` or
            `multi_scale(…)` of `cvlabs.train.views`, or a function of yours. Its probabilities for the views
            are averaged.
        classes: Names of the classes, where the data does not know them.
        batch_size: Images at a time, where `data` is arrays.
        verbose: Whether to tell on a terminal, and in a notebook, how far it is.

    Raises:
        ValueError: The network, the data and the names do not fit each other, or there are no images.

    Example:
        >>> import cvlabs, numpy as np
        >>> from cvlabs.train import with_normalization
        >>> model = with_normalization(cvlabs.create_model("resnet20_cifar"), [125] * 3, [63] * 3)
        >>> images, labels = np.zeros((10, 32, 32, 3)), np.arange(10)
        >>> evaluate(model, (images, labels)).top1_error  # it says the same of equal images
        90.0
    """
    model = network.model if isinstance(network, Result) else trained_model(network)
    check_views(views)
    batch_size = whole_number("batch_size", batch_size)
    count = model.outputs[0].shape[-1]
    names = _names(network, data, classes, count)
    seen = [0]
    classify = classifier(model, _counting(views, seen))
    ranks: list[Array] = []
    matrix = np.zeros((count, count), "int64")
    progress = EvaluationProgress(_count(data), say if verbose else silent)
    for images, labels in _batches(data, batch_size, count):
        if not ranks:
            check_values(model, images)
        numbers = class_numbers(labels, count)
        scores = classify(images)
        ranks.append(label_ranks(scores, numbers))
        matrix += confusion_matrix(numbers, scores.argmax(axis=1), count)
        progress.batch(int(matrix.sum()), 100 * (1 - matrix.trace() / matrix.sum()))
    progress.end()
    if not ranks:
        raise ValueError("There are no images to evaluate.")
    all_ranks = np.concatenate(ranks)
    return Evaluation(
        network=model.name,
        data=_data_name(data),
        images=len(all_ranks),
        views=seen[0],
        top1_error=top_k_error(all_ranks, 1),
        top5_error=top_k_error(all_ranks, 5) if count > 5 else None,
        classes=tuple(names),
        confusion=matrix,
    )


def _names(network: Any, data: Any, classes: Sequence[str] | None, count: int) -> list[str]:
    own = saved_names(network, count)
    told = classes if classes is not None else getattr(getattr(data, "info", None), "classes", None)
    known = told if told is not None else own
    if known is None:
        known = imagenet_classes() if count == 1000 else range(count)
    names = [str(name) for name in known]
    if len(names) != count:
        way_out = ""
        if own and set(names) < set(own) and _data_name(data).startswith("folder:"):
            way_out = " Those have its numbers with cvlabs.data.load(…, classes=…), all names of the network."
        raise ValueError(f"The network has {count} classes, the data {len(names)}: {listed(names)}.{way_out}")
    if own and names != own:
        raise ValueError(
            f"The network was trained on the classes {listed(own)}, the data has {listed(names)}: the "
            "numbers of their labels mean different things."
        )
    return names


def _counting(views: Views, seen: list[int]) -> Views:
    def noting(images: Array, size: tuple[int, int]) -> list[Array]:
        found = checked(views(images, size), images)
        seen[0] = len(found)
        return found

    return noting


def _batches(data: Any, batch_size: int, classes: int) -> Iterator[tuple[Array, Array]]:
    if is_arrays(data):
        images, labels = (np.asarray(part) for part in data)
        if len(images) != len(labels):
            raise ValueError(
                f"There must be a label for each image, got {counted(len(images), 'image')}, "
                f"{counted(len(labels), 'label')}."
            )
        labels = class_numbers(labels, classes)  # all, before the first minutes of work
        for start in range(0, len(images), batch_size):
            yield images[start : start + batch_size], labels[start : start + batch_size]
        return
    if not isinstance(data, Iterable):
        raise ValueError(
            f"data must be batches (images, labels), or two arrays, got {type(data).__name__}; "
            "cvlabs.data.load(name) gives some."
        )
    for batch in data:
        if not isinstance(batch, tuple | list) or len(batch) != 2:
            raise ValueError("data must give batches (images, labels).")
        yield np.asarray(batch[0]), np.asarray(batch[1])


def _count(data: Any) -> int | None:
    """The number of images, where it is known beforehand."""
    return len(data[1]) if is_arrays(data) else getattr(getattr(data, "info", None), "count", None)


def _data_name(data: Any) -> str:
    info = getattr(data, "info", None)
    return "the images given" if info is None else f"{info.name}, {info.split}"
