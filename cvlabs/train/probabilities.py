"""Probabilities of a network, whether it answers with them or with logits."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from cvlabs.counted import counted
from cvlabs.graph import unroll
from cvlabs.train.ending import ending, no_classifier
from cvlabs.train.views import Size, Views, check_views, checked

Array = Any  # numpy.ndarray


def gives_probabilities(model: keras.Model) -> bool:
    """Tells whether a model's first output comes from a softmax; if not, it is logits.

    Raises:
        ValueError: The model is neither functional nor Sequential, or ends in another activation.
    """
    graph = unroll(model)
    found = ending(graph, graph.outputs[0])
    if found is None or found.activation in (None, "log_softmax"):  # whose softmax are the probabilities
        return False
    if found.activation == "softmax":
        return True
    raise no_classifier(model.name, found)


def classifier(model: keras.Model, views: Views) -> Callable[[Array], Array]:
    """Returns a function from images N×H×W×C to probabilities N×classes, the mean over the views.

    Args:
        model: A network with one input; its first output is logits or probabilities N×classes.
        views: What it gets to see of each image; see `cvlabs.train.views`.

    Raises:
        ValueError: The model is no classifier of images, or `views` is not a views function.
    """
    check_views(views)
    shapes = model.inputs[0].shape, model.outputs[0].shape
    if len(model.inputs) != 1 or len(shapes[0]) != 4 or len(shapes[1]) != 2:
        raise ValueError(
            f"{model.name} goes from {shapes[0]} to {shapes[1]}; a classifier of images goes from N×H×W×C to "
            "N×classes."
        )
    are_logits = not gives_probabilities(model)
    of_size: dict[Size, keras.Model] = {}

    def classify(images: Array) -> Array:
        images = np.asarray(images)
        size = tuple(shapes[0][1:3]) if None not in shapes[0][1:3] else images.shape[1:3]
        found = []
        for view in checked(views(images, size), images):
            _check_channels(model, view)
            seen = view.shape[1:3]
            if seen not in of_size:
                of_size[seen] = _at_size(model, seen)
            outputs = keras.tree.flatten(of_size[seen].predict_on_batch(view))[0]
            scores = np.asarray(outputs).astype("float64")
            found.append(softmax(scores) if are_logits else scores)
        return np.mean(found, axis=0)

    return classify


def _check_channels(model: keras.Model, images: Array) -> None:
    channels = model.inputs[0].shape[-1]
    if channels not in (None, images.shape[-1]):
        raise ValueError(
            f"The images have {counted(images.shape[-1], 'channel')}, {model.name} takes {channels}. Files "
            "are read as RGB; arrays may have as many as the network takes."
        )


def _at_size(model: keras.Model, size: Size) -> keras.Model:
    """Returns a model for images of another size, with the same layers."""
    height, width, channels = model.inputs[0].shape[1:]
    if all(have in (None, want) for have, want in zip((height, width), size, strict=True)):
        return model
    x = keras.Input((*size, channels), dtype=model.inputs[0].dtype)
    try:
        return keras.Model(x, unroll(model, [x]).outputs[0], name=model.name)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{model.name} is bound to images of {height}×{width}, so it cannot see {size[0]}×{size[1]}: it "
            "does not end in global pooling. Views of its own size will do, such as "
            "multi_scale(sizes, ten_crop)."
        ) from error


def softmax(logits: Array) -> Array:
    """Returns probabilities N×classes of logits N×classes."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
