"""Networks that take pixels: the normalization is a layer of the network, so nobody can forget it."""

from collections.abc import Sequence

import keras
import numpy as np
from keras import layers

from cvlabs.train.unroll import unroll

NORMALIZE = "normalize_pixels"


def with_normalization(model: keras.Model, mean: Sequence[float], std: Sequence[float]) -> keras.Model:
    """Puts a normalization before a network.

    The result shares all layers with `model`: training one trains the other. It computes in float32 up to
    the first layer of `model`, whatever the precision of that, since half of it rounds to grey values.

    Args:
        model: A functional or Sequential network with one input N×H×W×C.
        mean: Mean of each channel, in the scale of the pixels, 0 to 255.
        std: Standard deviation of each channel, in that scale.

    Returns:
        A functional model from images to what `model` gives, of the same name.

    Raises:
        ValueError: The model normalizes already, has no graph or several inputs; or the numbers do not fit.

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
    if len(mean) != shape[-1] or len(std) != shape[-1]:
        raise ValueError(
            f"mean and std must have a number for each of the {shape[-1]} channels, "
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


def takes_pixels(model: keras.Model) -> bool:
    """Whether a network normalizes its input by itself: with a Rescaling or Normalization before its weights.

    Example:
        >>> import cvlabs
        >>> takes_pixels(cvlabs.create_model("resnet20_cifar"))
        False
    """
    for layer in model.layers:
        if isinstance(layer, (layers.Rescaling, layers.Normalization)):
            return True
        if isinstance(layer, keras.Model) and takes_pixels(layer):
            return True
        if layer.weights:  # a part that only augments has none
            return False
    return False
