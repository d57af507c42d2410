"""Networks with their published weights, and what those expect of photographs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras

from cvlabs.image_preprocessing import preprocessing
from cvlabs.predictions import imagenet_classes
from cvlabs.train.normalization import published_statistics, takes_pixels, with_normalization
from cvlabs.train.recipes import is_trained

Array = Any  # numpy.ndarray, or a tensor
Prepare = Callable[[Array], Array]  # H×W×3 of any size -> the network's size, values from 0 to 255


@dataclass(frozen=True)
class Published:
    """A network with its published weights, for `evaluate` and `predict`.

    Args:
        model: The network, which takes pixels.
        prepare: What cuts and resizes a photograph for it, as its publisher did to measure it; `None` where
            the network does not take squares.
    """

    model: keras.Model
    prepare: Prepare | None


def published(model: keras.Model) -> Published:
    """Returns a network with its published weights as `evaluate` and `predict` take it.

    Args:
        model: What `cvlabs.create_model(name, weights="imagenet")` gives.
    """
    height, width = model.inputs[0].shape[1:3]
    if height is None or height != width:
        return Published(with_normalization(model), None)
    parts = preprocessing(model.name, height).layers[:-1]  # the last one normalizes, as the model does now

    def prepare(image: Array) -> Array:
        for part in parts:
            image = part(image)
        return image

    return Published(with_normalization(model), prepare)


def seems_published(model: keras.Model) -> bool:
    """Whether a model can hardly be anything else than a network with its published weights.

    It has the name of such a network, has been trained, and goes from color images, which it does not
    normalize, to ImageNet's classes.
    """
    has_graph = bool(getattr(model, "inputs", None))
    if not has_graph or published_statistics(model.name) is None or takes_pixels(model):
        return False
    takes, gives = model.inputs[0].shape, model.outputs[0].shape
    is_classifier = len(takes) == 4 and takes[-1] == 3 and gives[1:] == (len(imagenet_classes()),)
    return is_classifier and is_trained(model)
