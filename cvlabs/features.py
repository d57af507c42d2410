"""The features of a network at each resolution, found in its graph by names and shapes of layers."""

import math
from typing import Any

import keras
from keras import layers

HEAD = "head_"  # names of the layers between the last features and the logits start so
AUXILIARY = "aux"
GATE = "_se_"  # stands in the names of the layers that make a gate per channel


def feature_info(model: keras.Model) -> list[dict[str, Any]]:
    """Tells the last features of each resolution of a network.

    Args:
        model: A model of `create_model`, or of a builder of `cvlabs.models`, with a fixed input size.

    Returns:
        A row per stride: `{"stride": 8, "channels": 480, "layer": "inception_3b_concat"}`.

    Raises:
        ValueError: The model's input size is not fixed.
    """
    height = model.inputs[0].shape[1]
    if height is None:
        raise ValueError(
            f"{model.name} has no fixed input size; build it with input_shape=(height, width, 3)."
        )
    rows: dict[int, dict[str, Any]] = {}
    for layer in backbone(model):
        shape = layer.output.shape
        stride = 2 ** round(math.log2(height / shape[1]))
        if stride > 1:
            rows[stride] = {"stride": stride, "channels": shape[-1], "layer": layer.name}
    return [rows[stride] for stride in sorted(rows)]


def backbone(model: keras.Model) -> list[keras.Layer]:
    """Returns the layers that give features N×H×W×C, in order, without heads, gates and padding."""
    return [
        layer
        for layer in model.layers
        if not layer.name.startswith((HEAD, AUXILIARY))
        and GATE not in layer.name.removesuffix("_se_scale")
        and not isinstance(layer, layers.ZeroPadding2D)
        and len(layer.output.shape) == 4
    ]
