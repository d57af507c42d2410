"""The calls of layers in one model, in order, with the symbolic tensors between them.

Layers are shared: a model that normalizes its pixels has the layers of the one it was made from, and
`layer.output` then belongs to either. Here tensors are those of the model that is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras


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
        return next((call for call in self.calls if any(x is tensor for x in call.outputs)), None)

    def readers(self, tensor: Any) -> list[Call]:
        """Returns the calls that read a tensor."""
        return [call for call in self.calls if any(x is tensor for x in call.inputs)]


def unroll(model: Any, inputs: Sequence[Any] | None = None) -> Unrolled:
    """Returns the calls in a functional or Sequential model; models within it are unrolled.

    Args:
        model: The model.
        inputs: Symbolic tensors on which its layers are called anew, such as images of another size; those
            that it was made of if left out.

    Raises:
        ValueError: It is no such model, a Sequential one that is not built, or a layer cannot take `inputs`.
    """
    found = _functional(model)
    if found is None:
        unbuilt = isinstance(model, keras.Sequential)
        what = "a Sequential model that is not built: call it once" if unbuilt else type(model).__name__
        raise ValueError(f"Expected a functional or Sequential Keras model, got {what}.")
    calls: list[Call] = []
    starts = found.inputs if inputs is None else inputs
    known = dict(zip(map(id, found.inputs), starts, strict=True))
    _follow(found, known, calls, "", again=inputs is not None)
    return Unrolled(tuple(starts), tuple(calls), tuple(known[id(x)] for x in found.outputs))


def _follow(model: Any, known: dict[int, Any], calls: list[Call], path: str, *, again: bool) -> None:
    """Lists the calls of a model; `known` has the tensors of its inputs, and gets all others.

    Args:
        model: A functional model.
        known: Tensors by the identity of those that the model was made of.
        calls: What is found goes there.
        path: Before the names.
        again: Whether the layers are called anew, because an input is not the one that the model was made of.
    """
    for depth in sorted(model._nodes_by_depth, reverse=True):
        for node in model._nodes_by_depth[depth]:
            if node.is_input or any(id(x) not in known for x in node.input_tensors):
                continue
            layer, inputs = node.operation, tuple(known[id(x)] for x in node.input_tensors)
            inner = _functional(layer)
            if inner is not None:
                within = dict(zip(map(id, inner.inputs), inputs, strict=True))
                _follow(inner, within, calls, f"{path}{layer.name}/", again=True)
                outputs: Sequence[Any] = [within[id(x)] for x in inner.outputs]
            elif again or any(x is not known[id(x)] for x in node.input_tensors):
                arguments, keywords = node.arguments.fill_in(known)
                outputs = keras.tree.flatten(layer(*arguments, **keywords))
            else:
                outputs = node.outputs
            if inner is None:
                calls.append(Call(layer, path + layer.name, inputs, tuple(outputs)))
            known |= zip(map(id, node.outputs), outputs, strict=True)


def _functional(model: Any) -> Any:
    """Returns the functional model that a model is; `None` for anything else."""
    if isinstance(model, keras.Sequential):
        return model._functional if model.built else None
    is_graph = isinstance(model, keras.Model) and hasattr(model, "_nodes_by_depth")
    return model if is_graph else None
