"""Networks that take pixels: the normalization is a layer of the network, so nobody can forget it."""

from collections.abc import Iterator, Sequence

import keras
import numpy as np
from keras import layers

from cvlabs.counted import counted
from cvlabs.facts import list_models, model_info
from cvlabs.graph import unroll
from cvlabs.image_preprocessing import RECIPES, Recipe

NORMALIZE = "normalize_pixels"

NORMALIZING = (layers.Rescaling, layers.Normalization)


def with_normalization(
    model: keras.Model, mean: Sequence[float] | None = None, std: Sequence[float] | None = None
) -> keras.Model:
    """Puts a normalization before a network.

    The result shares all layers with `model`: training one trains the other. It computes in float32 up to
    the first layer of `model`, whatever the precision of that, since half of it rounds to grey values.

    Args:
        model: A functional or Sequential network with one input N×H×W×C.
        mean: Mean of each channel, in the scale of the pixels, 0 to 255. If both are left out, they are those
            that the published weights of the network were trained with, which its name tells.
        std: Standard deviation of each channel, in that scale.

    Returns:
        A functional model from images to what `model` gives, of the same name.

    Raises:
        ValueError: The model normalizes already, has no graph or several inputs; or the numbers do not fit,
            or one is missing.

    Example:
        >>> import cvlabs
        >>> model = with_normalization(cvlabs.create_model("resnet20_cifar"), [125.3] * 3, [63.0] * 3)
        >>> takes_pixels(model)
        True
    """
    if takes_pixels(model):
        raise ValueError(f"{model.name} normalizes its input already; a second time would be wrong.")
    if len(model.inputs) != 1:
        raise ValueError(f"{model.name} has {len(model.inputs)} inputs; a classifier of images has one.")
    shape: tuple[int, ...] = model.inputs[0].shape[1:]
    if mean is None or std is None:
        mean, std = _published(model.name, mean, std)
    if len(mean) != shape[-1] or len(std) != shape[-1]:
        raise ValueError(
            f"mean and std must have {counted(shape[-1], 'number')}, one for each channel, "
            f"got {len(mean)} and {len(std)}."
        )
    if not all(np.isfinite(m) for m in mean) or not all(np.isfinite(s) and s > 0 for s in std):
        raise ValueError(f"mean must be finite and std positive, got {list(mean)} and {list(std)}.")
    inputs = keras.Input(shape, name=model.inputs[0].name, dtype="float32")
    normalize = layers.Rescaling(
        [1 / float(s) for s in std],
        [-float(m) / float(s) for m, s in zip(mean, std, strict=True)],
        dtype="float32",
        name=NORMALIZE,
    )
    outputs = unroll(model, [normalize(inputs)]).outputs
    return keras.Model(inputs, outputs if len(outputs) > 1 else outputs[0], name=model.name)


def published_statistics(name: str) -> tuple[list[float], list[float]] | None:
    """Returns mean and deviation, from 0 to 255, for a network's published weights; `None` if it has none."""
    if name not in list_models() or model_info(name).weights is None:
        return None
    mean, std = RECIPES.get(name, Recipe()).statistics
    return [255 * m for m in mean], [255 * s for s in std]


def _published(name: str, mean: object, std: object) -> tuple[list[float], list[float]]:
    if mean is not None or std is not None:
        missing = "mean" if mean is None else "std"
        raise ValueError(f"mean and std go together, but {missing} is missing: pass both, or neither.")
    found = published_statistics(name)
    if found is None:
        raise ValueError(
            f"mean and std are missing, and {name!r} is not the name of a network with published weights, "
            "which would tell them. Pass both, in the scale of the pixels from 0 to 255: "
            "cvlabs.data.load(…).info has those of a data set."
        )
    return found


def takes_pixels(model: keras.Model) -> bool:
    """Whether a network normalizes its input by itself: with a Rescaling or Normalization before its weights.

    Looks into the models and the `keras.layers.Pipeline` within it, such as `cvlabs.preprocessing` gives.

    Example:
        >>> import cvlabs
        >>> takes_pixels(cvlabs.create_model("resnet20_cifar"))
        False
    """
    return bool(pixel_layers(model))


def pixel_layers(model: keras.Model) -> list[keras.Layer]:
    """Returns the layers up to the last that normalizes before the first weights; none where none does."""
    before: list[keras.Layer] = []
    for layer in _in_order(model):
        if layer.weights and not isinstance(layer, NORMALIZING):  # a part that only augments has none
            break
        before.append(layer)
    ends = [i for i, layer in enumerate(before, 1) if isinstance(layer, NORMALIZING)]
    return before[: ends[-1]] if ends else []


def _in_order(layer: keras.Layer) -> Iterator[keras.Layer]:
    """Gives a layer, or the layers within it in the order in which they are called."""
    if isinstance(layer, (keras.Model, layers.Pipeline)):
        inside = layer.layers
    else:  # whose order only its code knows: where it has weights, they may come first
        inside = [] if layer.weights else list(layer._flatten_layers(include_self=False, recursive=False))
    if not inside:
        yield layer
    for one in inside:
        yield from _in_order(one)
