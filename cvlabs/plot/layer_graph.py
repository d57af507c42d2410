"""A model as boxes and arrows: parallel branches side by side, each layer with its output shape."""

from itertools import pairwise
from typing import Any

from cvlabs.grading import for_readers
from cvlabs.plot.ready import build_or_explain, no_figure

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

Node = Any  # the identity of an operation, or (start, end, row) where an arrow passes
Edge = tuple[Node, Node]
Place = tuple[float, int]  # column, row


@for_readers
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

    A layer that holds other layers is one box: what it does inside is its own affair. A layer that is called
    twice stands where it was called first. Beyond 60 layers only
    the first 60 are drawn, and the figure says so.
    """
    if input_shape is not None:
        model = build_or_explain(model, input_shape, arguments)
        if model is None:
            return
    operations = _operations(model)
    if not operations:
        no_figure(f"{type(model).__name__} is no functional or Sequential model that has been built.")
        return
    import matplotlib.pyplot as plt

    nodes, edges = _graph(operations[:MOST_LAYERS])
    places, ways = _places(list(nodes), edges)
    across = [x for way in [*ways.values(), list(places.values())] for x, _ in way]
    columns = max(across) - min(across) + 1
    rows = 1 + max(y for _, y in places.values())
    size = (columns * (_WIDTH + _GAP_X) + 0.4, rows * (_HEIGHT + _GAP_Y) + 0.4)
    _figure, axis = plt.subplots(figsize=size)
    for way in ways.values():
        _arrow(axis, way)
    for node, place in places.items():
        _box(axis, nodes[node], place)
    axis.autoscale_view()
    axis.margins(0.02)
    axis.set_aspect("equal")
    axis.set_axis_off()
    rest = len(operations) - MOST_LAYERS
    axis.set_title(f"{title} (the first {MOST_LAYERS} layers; {rest} more)".strip() if rest > 0 else title)
    plt.show()


def _operations(model: Any) -> list[Any]:
    """The operations of a functional or Sequential model in topological order; of anything else, none."""
    import keras

    if isinstance(model, keras.Sequential):
        return list(model.layers)
    return list(getattr(model, "operations", []))


def _graph(operations: list[Any]) -> tuple[dict[Node, Any], list[Edge]]:
    """The operations by identity, and who feeds whom. One that is called twice counts where it was first."""
    import keras

    nodes = {id(operation): operation for operation in operations}
    edges = []
    for operation in operations:
        if isinstance(operation, keras.layers.InputLayer):
            continue
        for tensor in keras.tree.flatten(operation.input):
            feeder = id(tensor._keras_history.operation)
            if feeder in nodes:
                edges.append((feeder, id(operation)))
    return nodes, edges


def _places(nodes: list[Node], edges: list[Edge]) -> tuple[dict[Node, Place], dict[Edge, list[Place]]]:
    """A column and a row for each node, and the places that each arrow goes through.

    Rows by the longest way from the input. An arrow that skips rows gets a column of its own in each of them,
    so that it runs beside the boxes.
    """
    row = dict.fromkeys(nodes, 0)
    for start, end in _in_order(nodes, edges):
        row[end] = max(row[end], row[start] + 1)
    ways = {(a, b): [a, *((a, b, level) for level in range(row[a] + 1, row[b])), b] for a, b in edges}
    row |= {stop: stop[2] for way in ways.values() for stop in way[1:-1]}
    feeders: dict[Node, list[Node]] = {node: [] for node in row}
    for way in ways.values():
        for start, end in pairwise(way):
            feeders[end].append(start)
    branch = _branches(row, feeders)
    column: dict[Node, float] = {}
    for level in range(1 + max(row.values())):
        here = [node for node in row if row[node] == level]
        wanted = {node: _mean([column[f] for f in feeders[node]]) for node in here}
        here.sort(key=lambda node: (wanted[node], branch[node]))
        column |= zip(here, _spread([wanted[node] for node in here]), strict=True)
    place = {node: (column[node], row[node]) for node in row}
    return {node: place[node] for node in nodes}, {
        edge: [place[stop] for stop in way] for edge, way in ways.items()
    }


def _in_order(nodes: list[Node], edges: list[Edge]) -> list[Edge]:
    position = {node: i for i, node in enumerate(nodes)}
    return sorted(edges, key=lambda edge: position[edge[0]])


def _branches(row: dict[Node, int], feeders: dict[Node, list[Node]]) -> dict[Node, int]:
    """Which input of the next layer with several inputs a node leads to: the order of branches."""
    branch = dict.fromkeys(row, 0)
    for node in sorted(row, key=row.__getitem__, reverse=True):
        several = len(feeders[node]) > 1
        for i, feeder in enumerate(feeders[node]):
            branch[feeder] = i if several else branch[node]
    return branch


def _spread(wanted: list[float]) -> list[float]:
    """Columns at least 1 apart, in order, around the wanted ones."""
    placed: list[float] = []
    for x in wanted:
        placed.append(max(x, placed[-1] + 1) if placed else x)
    shift = _mean(wanted) - _mean(placed)
    return [x + shift for x in placed]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _centre(place: Place) -> tuple[float, float]:
    return place[0] * (_WIDTH + _GAP_X), -place[1] * (_HEIGHT + _GAP_Y)


def _box(axis: Any, operation: Any, place: Place) -> None:
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


def _arrow(axis: Any, way: list[Place]) -> None:
    points = [(x, y + side * _HEIGHT / 2) for x, y in map(_centre, way) for side in (1, -1)][1:-1]
    colour = "#777777"
    axis.plot(*zip(*points[:-1], strict=True), color=colour, linewidth=0.9, zorder=0)
    arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
    axis.annotate("", points[-1], points[-2], arrowprops=arrow)


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
