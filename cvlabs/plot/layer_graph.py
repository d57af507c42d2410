"""A model as boxes and arrows: parallel branches side by side, each layer with its output shape."""

import itertools
from collections.abc import Callable
from typing import Any

from cvlabs.plot.ready import build_or_explain

MOST_LAYERS = 60
_COLOURS = {
    "Conv": "#a6cee3",
    "Pool": "#fdbf6f",
    "Dense": "#b2df8a",
    "Concat": "#cab2d6",
    "Dropout": "#e0e0e0",
}
_WIDTH, _HEIGHT = 2.3, 0.62  # of a box, in inches
_GAP_X, _GAP_Y = 0.25, 0.42


def layer_graph(
    model: Any, input_shape: tuple[int, ...] | None = None, *, title: str = "", **arguments: Any
) -> None:
    """Draws the layers of a model from top to bottom.

    Args:
        model: A Keras functional or Sequential model, or a function that adds layers to a tensor. If the
            function is not written yet, one line says so in place of the figure.
        input_shape: Shape of that tensor without the batch axis.
        title: Title of the figure.
        **arguments: Further arguments of the function.

    A layer that holds other layers is one box: what it does inside is its own affair. Beyond 60 layers only
    the first 60 are drawn, and the figure says so.
    """
    if isinstance(model, Callable) and input_shape is not None:
        model = build_or_explain(model, input_shape, arguments)
    if model is None:
        return
    import matplotlib.pyplot as plt

    nodes, edges = _graph(model)
    places = _places(nodes, edges)
    columns = max(x for x, _ in places.values()) - min(x for x, _ in places.values()) + 1
    rows = 1 + max(y for _, y in places.values())
    size = (columns * (_WIDTH + _GAP_X) + 0.4, rows * (_HEIGHT + _GAP_Y) + 0.4)
    _figure, axis = plt.subplots(figsize=size)
    for start, end in edges:
        _arrow(axis, places[start], places[end])
    for node, place in places.items():
        _box(axis, nodes[node], place)
    axis.autoscale_view()
    axis.margins(0.02)
    axis.set_aspect("equal")
    axis.set_axis_off()
    axis.set_title(title)
    plt.show()


def _graph(model: Any) -> tuple[dict[int, Any], list[tuple[int, int]]]:
    """The operations of a model in topological order, and who feeds whom."""
    import keras

    operations = list(getattr(model, "operations", model.layers))
    if isinstance(model, keras.Sequential):
        chain = [id(layer) for layer in model.layers]
        return {id(layer): layer for layer in model.layers}, list(itertools.pairwise(chain))
    shown = operations[:MOST_LAYERS]
    nodes = {id(operation): operation for operation in shown}
    edges = []
    for operation in shown:
        if isinstance(operation, keras.layers.InputLayer):
            continue
        for tensor in keras.tree.flatten(operation.input):
            feeder = id(tensor._keras_history.operation)
            if feeder in nodes:
                edges.append((feeder, id(operation)))
    return nodes, edges


def _places(nodes: dict[int, Any], edges: list[tuple[int, int]]) -> dict[int, tuple[float, int]]:
    """A column and a row for each node: rows by the longest way from the input, columns under the feeders."""
    row = dict.fromkeys(nodes, 0)
    feeders: dict[int, list[int]] = {node: [] for node in nodes}
    for start, end in edges:
        feeders[end].append(start)
    for node in nodes:  # in topological order
        row[node] = 1 + max((row[feeder] for feeder in feeders[node]), default=-1)
    column: dict[int, float] = {}
    for level in range(1 + max(row.values())):
        here = [node for node in nodes if row[node] == level]
        wanted = [_mean([column[f] for f in feeders[node]]) for node in here]
        order = sorted(range(len(here)), key=lambda i: (wanted[i], i))
        for node, x in zip((here[i] for i in order), _spread([wanted[i] for i in order]), strict=True):
            column[node] = x
    return {node: (column[node], row[node]) for node in nodes}


def _spread(wanted: list[float]) -> list[float]:
    """Columns at least 1 apart, in order, around the wanted ones."""
    placed: list[float] = []
    for x in wanted:
        placed.append(max(x, placed[-1] + 1) if placed else x)
    shift = _mean(wanted) - _mean(placed)
    return [x + shift for x in placed]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _centre(place: tuple[float, int]) -> tuple[float, float]:
    return place[0] * (_WIDTH + _GAP_X), -place[1] * (_HEIGHT + _GAP_Y)


def _box(axis: Any, operation: Any, place: tuple[float, int]) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y = _centre(place)
    kind = describe(operation)
    colour = next((c for key, c in _COLOURS.items() if key in type(operation).__name__), "#f5f5f5")
    box = FancyBboxPatch(
        (x - _WIDTH / 2 + 0.05, y - _HEIGHT / 2 + 0.05),
        _WIDTH - 0.1,
        _HEIGHT - 0.1,
        boxstyle="round,pad=0.05",
        facecolor=colour,
        edgecolor="#555555",
        linewidth=0.8,
    )
    axis.add_patch(box)
    axis.text(x, y + 0.12, kind, ha="center", va="center", fontsize=9, weight="bold")
    axis.text(x, y - 0.14, _shape(operation), ha="center", va="center", fontsize=8, color="#333333")


def _arrow(axis: Any, start: tuple[float, int], end: tuple[float, int]) -> None:
    x0, y0 = _centre(start)
    x1, y1 = _centre(end)
    axis.annotate(
        "",
        (x1, y1 + _HEIGHT / 2),
        (x0, y0 - _HEIGHT / 2),
        arrowprops={"arrowstyle": "-|>", "color": "#777777", "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0},
    )


def describe(operation: Any) -> str:
    """Names a layer as papers do: `Conv 3×3 /2, ReLU`."""
    name = type(operation).__name__
    if name == "InputLayer":
        return "Input"
    text = name.replace("Conv2D", "Conv").replace("Pooling2D", "Pool").replace("Concatenate", "Concat")
    window = getattr(operation, "kernel_size", None) or getattr(operation, "pool_size", None)
    if window:
        text += f" {window[0]}×{window[-1]}"
    strides = getattr(operation, "strides", None)
    if isinstance(strides, tuple) and strides[0] > 1:
        text += f" /{strides[0]}"
    activation = getattr(getattr(operation, "activation", None), "__name__", "linear")
    if window and activation != "linear":
        text += f", {'ReLU' if activation == 'relu' else activation}"
    return text.replace("LocalResponseNormalization", "LRN")


def _shape(operation: Any) -> str:
    try:
        shape = operation.output.shape
    except (AttributeError, ValueError):  # several outputs, or called more than once
        return ""
    return "×".join(str(n) for n in shape[1:])
