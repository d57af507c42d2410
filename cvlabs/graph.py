"""The graph of a functional model: its calls of layers in order, and the tensors between them.

Keras has no public names for it. Those that it uses itself stand here, so that they stand nowhere else.

Layers are shared: a model that normalizes its pixels has the layers of the one it was made from, and
`layer.output` then belongs to either. Here tensors are those of the model that is asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import keras

Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Call:
    """One call of a layer, or of an operation of `keras.ops`.

    Args:
        layer: The layer.
        name: Its name, behind those of the models around it: `"encoder/conv1"`.
        inputs: The symbolic tensors that it reads.
        outputs: Those that it makes.
    """

    layer: Any
    name: str
    inputs: tuple[Any, ...]
    outputs: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Unrolled:
    """A model, unrolled.

    Args:
        inputs: Its symbolic inputs.
        calls: What it does with them, in the order in which Keras does it.
        outputs: Its symbolic outputs.
    """

    inputs: tuple[Any, ...]
    calls: tuple[Call, ...]
    outputs: tuple[Any, ...]

    def maker(self, tensor: Any) -> Call | None:
        """Returns the call that makes a tensor; `None` for an input."""
        return self._makers.get(id(tensor))

    def readers(self, tensor: Any) -> list[Call]:
        """Returns the calls that read a tensor."""
        return [call for call in self.calls if any(x is tensor for x in call.inputs)]

    @cached_property
    def _makers(self) -> dict[int, Call]:
        return {id(x): call for call in self.calls for x in call.outputs}


def graph_in(model: Any) -> Any:
    """Returns the functional model that a model is; `None` for anything else."""
    if isinstance(model, keras.Sequential):
        return model._functional if model.built else None
    is_graph = isinstance(model, keras.Model) and hasattr(model, "_nodes_by_depth")
    return model if is_graph else None


def graph_of(model: Any) -> Any:
    """Returns the functional model that a model is.

    Raises:
        ValueError: It is no functional or Sequential model, or a Sequential one that is not built.
    """
    graph = graph_in(model)
    if graph is None:
        what = type(model).__name__
        if isinstance(model, str):
            what = f"str: cvlabs.create_model({model!r}) builds one"
        elif isinstance(model, keras.Sequential):
            what = "a Sequential model that is not built: call it once"
        raise ValueError(f"Expected a functional or Sequential Keras model, got {what}.")
    return graph


def nodes(graph: Any) -> list[Any]:
    """Returns the calls of a functional model as Keras' nodes, in the order in which Keras makes them.

    A node has an `operation`, which is a layer or of `keras.ops`; `input_tensors`; `outputs`; `arguments`.
    """
    by_depth = graph._nodes_by_depth
    return [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth] if not node.is_input]


def producer(tensor: Any) -> Any:
    """Returns the layer whose call made a symbolic tensor: an `InputLayer` for an input."""
    return tensor._keras_history.operation


def follow(
    graph: Any,
    values: Sequence[Value],
    call: Callable[[str, Any, Mapping[int, Value]], Sequence[Value]],
    *,
    inside: Callable[[Any], Any] = graph_in,
    path: str = "",
) -> list[Value]:
    """Takes values through a graph, and through the models in it.

    Args:
        graph: A functional model.
        values: One for each of its inputs.
        call: Takes the name of a layer, the node that calls it, and the values that are known so far by the
            identity of Keras' tensors; returns a value for each output.
        inside: Returns the functional model that a layer is; `None` if it is to be called as one.
        path: What stands before the names.

    Returns:
        The values of its outputs.
    """
    known = dict(zip(map(id, graph.inputs), values, strict=True))
    for node in nodes(graph):
        name, inner = path + node.operation.name, inside(node.operation)
        if inner is None:
            made = call(name, node, known)
        else:
            given = [known[id(x)] for x in node.input_tensors]
            made = follow(inner, given, call, inside=inside, path=f"{name}/")
        known |= zip(map(id, node.outputs), made, strict=True)
    return [known[id(x)] for x in graph.outputs]


def unroll(model: Any, inputs: Sequence[Any] | None = None) -> Unrolled:
    """Returns the calls in a functional or Sequential model; models within it are unrolled.

    Args:
        model: The model.
        inputs: Symbolic tensors on which its layers are called anew, such as images of another size; those
            that it was made of if left out.

    Raises:
        ValueError: It is no such model, a Sequential one that is not built, or a layer cannot take `inputs`.
    """
    graph = graph_of(model)
    calls: list[Call] = []

    def call(name: str, node: Any, known: Mapping[int, Any]) -> Sequence[Any]:
        reads = tuple(known[id(x)] for x in node.input_tensors)
        makes = node.outputs
        if any(x is not y for x, y in zip(reads, node.input_tensors, strict=True)):
            arguments, keywords = node.arguments.fill_in(known)
            makes = keras.tree.flatten(node.operation(*arguments, **keywords))
        calls.append(Call(node.operation, name, reads, tuple(makes)))
        return makes

    starts = tuple(graph.inputs if inputs is None else inputs)
    outputs = follow(graph, starts, call)
    return Unrolled(starts, tuple(calls), tuple(outputs))
