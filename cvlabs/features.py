"""The features of a network at each stride, found in its graph by names, strides and where paths meet."""

from typing import Any

import keras
from keras import layers

from cvlabs.graph import Call, Unrolled, graph_of, unroll

HEAD = "head_"  # names of the layers between the last features and the logits start so
AUXILIARY = "aux"
GATE = "_se_"  # stands in the names of the layers that make a gate per channel
ADJUST = "_adjust_"  # and in those of layers that only fit an older output to the size of the last
_ENLARGING = (layers.Conv2DTranspose, layers.UpSampling2D)


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
    inside = [layer.name for layer in graph_of(model).layers if isinstance(layer, keras.Model)]
    if inside:
        raise ValueError(
            f"The features of {model.name} are in a model inside it; "
            f"feature_info(model.get_layer({inside[0]!r})) tells them."
        )
    graph = unroll(model)
    found = backbone(graph)
    strides = _strides(graph)
    meetings = _meetings(graph, found)
    rows: dict[int, Call] = {}
    for call in found:
        stride = strides[id(call.outputs[0])]
        known = rows.get(stride)
        if known is None or call in meetings or (len(call.inputs) > 1 and known not in meetings):
            rows[stride] = call
    return [
        {"stride": stride, "channels": rows[stride].outputs[0].shape[-1], "layer": rows[stride].name}
        for stride in sorted(rows)
        if stride > 1
    ]


def backbone(graph: Unrolled) -> list[Call]:
    """Returns the calls that give features N×H×W×C, in order: no heads, gates, side paths and padding."""
    return [
        call
        for call in graph.calls
        if isinstance(call.layer, keras.Layer)
        and not call.name.startswith((HEAD, AUXILIARY))
        and GATE not in call.name.removesuffix("_se_scale")
        and ADJUST not in call.name
        and not isinstance(call.layer, layers.ZeroPadding2D)
        and len(call.outputs[0].shape) == 4
    ]


def _strides(graph: Unrolled) -> dict[int, int]:
    """Input pixels per pixel of every tensor, by its identity, from the strides on the way to it."""
    strides = {id(x): 1 for x in graph.inputs}
    for call in graph.calls:
        step, stride = _step(call.layer), max(strides[id(x)] for x in call.inputs)
        stride = stride // step if isinstance(call.layer, _ENLARGING) else stride * step
        strides |= {id(x): stride for x in call.outputs}
    return strides


def _step(layer: Any) -> int:
    """How many times larger or smaller a layer makes maps."""
    step: Any = getattr(layer, "strides", None) or getattr(layer, "pool_size", 1)
    if isinstance(layer, layers.UpSampling2D):
        step = layer.size
    return step if isinstance(step, int) else int(step[0])


def _meetings(graph: Unrolled, found: list[Call]) -> set[Call]:
    """Returns the calls behind which nothing that came before them is read any more."""
    position = {id(x): -1 for x in graph.inputs} | {id(call.outputs[0]): i for i, call in enumerate(found)}
    last_use = dict.fromkeys(position.values(), -1)
    for i, call in enumerate(found):
        for x in call.inputs:
            last_use |= dict.fromkeys(_nearest(graph, x, position), i)
    meetings, open_until = set(), last_use[-1]
    for i, call in enumerate(found):
        if open_until <= i:
            meetings.add(call)
        open_until = max(open_until, last_use[i])
    return meetings


def _nearest(graph: Unrolled, tensor: Any, position: dict[int, int]) -> list[int]:
    """Positions of the nearest features that a tensor is made of, past padding."""
    call = graph.maker(tensor)
    if id(tensor) in position or call is None:
        return [position[id(tensor)]]
    return [place for x in call.inputs for place in _nearest(graph, x, position)]
