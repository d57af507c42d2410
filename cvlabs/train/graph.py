"""A model's graph: its layers on another input, and the tensors between them.

A layer that several models share has an output in each, and `layer.output` is that of the first.
"""

from typing import Any

import keras

from cvlabs.cost.walk import graph_of

Tensor = Any


def on_input(model: keras.Model, x: Tensor) -> list[Tensor]:
    """Calls a model's layers on another symbolic tensor, one by one, so that what comes of it is flat.

    Raises:
        ValueError: The model has no graph, or several inputs.
    """
    graph = graph_of(model)
    if len(graph.inputs) != 1:
        raise ValueError(f"{model.name} has {len(graph.inputs)} inputs; a classifier of images has one.")
    outputs = graph._run_through_graph([x], operation_fn=lambda layer: layer)
    return list(keras.tree.flatten(outputs))


def nodes(model: keras.Model) -> list[Any]:
    """Returns the calls of layers that a model consists of, inputs first."""
    return [
        node
        for depth in sorted(graph_of(model)._nodes_by_depth, reverse=True)
        for node in graph_of(model)._nodes_by_depth[depth]
    ]


def layer_outputs(model: keras.Model) -> dict[str, Tensor]:
    """Returns the output tensor of each layer in this model, by the layer's name, inputs first."""
    return {node.operation.name: node.outputs[0] for node in nodes(model)}


def made_by(tensor: Tensor) -> tuple[Any, list[Tensor]]:
    """Returns the layer or operation that made a tensor, and what it was called on."""
    history = tensor._keras_history
    node = history.operation._inbound_nodes[history.node_index]
    return history.operation, list(node.input_tensors)
