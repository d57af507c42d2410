"""The features of a network at each stride, found in its graph by names, strides and where paths meet."""

from typing import Any

import keras
from keras import layers

from cvlabs.functional import functional

HEAD = "head_"  # names of the layers between the last features and the logits start so
AUXILIARY = "aux"
GATE = "_se_"  # stands in the names of the layers that make a gate per channel
ADJUST = "_adjust_"  # and in those of layers that only fit an older output to the size of the last


def feature_info(model: keras.Model) -> list[dict[str, Any]]:
    """Tells the last features of each stride of a network.

    They come from the last layer of that stride that all paths through the network meet in; where there is no
    such layer, as in NASNet, from the last that joins several.

    Args:
        model: A model of `create_model`, or of a builder of `cvlabs.models`.

    Returns:
        A row per stride: `{"stride": 8, "channels": 480, "layer": "inception_3b_concat"}`.

    Raises:
        ValueError: It is no functional model, or contains another one, whose features are asked of that.
    """
    model = functional(model)
    inside = [layer.name for layer in model.layers if isinstance(layer, keras.Model)]
    if inside:
        raise ValueError(
            f"The features of {model.name} are in a model inside it; "
            f"feature_info(model.get_layer({inside[0]!r})) tells them."
        )
    rows: dict[int, dict[str, Any]] = {}
    found = backbone(model)
    strides = _strides(model)
    meetings = _meetings(found)
    for layer in found:
        stride = strides[layer.name]
        known = rows.get(stride)
        joins = layer.name in meetings or (len(_producers(layer)) > 1 and not (known and known["meets"]))
        if joins or known is None:
            rows[stride] = {"layer": layer, "meets": layer.name in meetings}
    return [
        {
            "stride": stride,
            "channels": rows[stride]["layer"].output.shape[-1],
            "layer": rows[stride]["layer"].name,
        }
        for stride in sorted(rows)
        if stride > 1
    ]


def backbone(model: keras.Model) -> list[keras.Layer]:
    """Returns the layers that give features N×H×W×C, in order: no heads, gates, side paths and padding."""
    return [
        layer
        for layer in model.layers
        if not layer.name.startswith((HEAD, AUXILIARY))
        and GATE not in layer.name.removesuffix("_se_scale")
        and ADJUST not in layer.name
        and not isinstance(layer, layers.ZeroPadding2D)
        and len(layer.output.shape) == 4
    ]


def _producers(layer: keras.Layer) -> list[keras.Layer]:
    if isinstance(layer, layers.InputLayer):
        return []
    inputs = layer.input if isinstance(layer.input, list) else [layer.input]
    return [tensor._keras_history.operation for tensor in inputs]


def _strides(model: keras.Model) -> dict[str, int]:
    """Input pixels per output pixel of every layer, from the strides on the way to it."""
    strides: dict[str, int] = {}
    for layer in model.layers:
        own = getattr(layer, "strides", 1)
        own = own if isinstance(own, int) else own[0]
        before = [strides[producer.name] for producer in _producers(layer)]
        strides[layer.name] = own * max(before, default=1)
    return strides


def _meetings(found: list[keras.Layer]) -> set[str]:
    """Names of the layers behind which nothing that came before them is read any more."""
    position = {layer.name: i for i, layer in enumerate(found)}
    last_use = dict.fromkeys(position, 0)
    for i, layer in enumerate(found):
        for producer in _producers(layer):
            for name in _past_padding(producer, position):
                last_use[name] = i
    meetings, open_until = set(), 0
    for i, layer in enumerate(found):
        if open_until <= i:
            meetings.add(layer.name)
        open_until = max(open_until, last_use[layer.name])
    return meetings


def _past_padding(layer: keras.Layer, known: dict[str, int]) -> list[str]:
    """Names of a layer's nearest producers that are features themselves."""
    if layer.name in known:
        return [layer.name]
    return [name for producer in _producers(layer) for name in _past_padding(producer, known)]
