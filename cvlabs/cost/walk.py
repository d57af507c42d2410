"""The walk: every call of a layer in a model, in the order in which Keras executes them.

Nothing is computed: shapes are those that the model was built with, or follow from another input's.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras

from cvlabs.cost.formulas import Work, cost_of
from cvlabs.cost.reach import Reach, reach_of_input, reach_of_output
from cvlabs.graph import follow, graph_in, producer

Shape = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Tensor:
    """What flows between calls, for one image. Each is equal to itself alone.

    Args:
        shape: Its shape without the batch axis.
        itemsize: Bytes of one value.
        reach: Which part of the image a value depends on.
    """

    shape: Shape
    itemsize: int
    reach: Reach

    @property
    def size(self) -> int:
        """Number of values."""
        return math.prod(self.shape)

    @property
    def bytes(self) -> int:
        """Its size in memory."""
        return self.size * self.itemsize


@dataclass(frozen=True)
class Weights:
    """The variables that a call brings along: not those that an earlier call brought.

    Args:
        params: Numbers that training may change, frozen or not.
        biases: Those of them in variables named `bias`.
        trainable: Those of them that are not frozen.
        bn_statistics: Numbers that only forward passes change, such as running means.
        bytes: Size of all of them.
        params_with_shared: Parameters that the call works with, brought by an earlier one or not.
    """

    params: int = 0
    biases: int = 0
    trainable: int = 0
    bn_statistics: int = 0
    bytes: int = 0
    params_with_shared: int = 0


@dataclass(frozen=True)
class Call:
    """One call of a layer or of an operation of `keras.ops`.

    Args:
        layer: The layer.
        name: Its name, behind those of the models around it: `"encoder/conv1"`.
        kind: Name of its class.
        inputs: What it reads.
        outputs: What it makes.
        work: What it does.
        weights: The variables that it works with.
    """

    layer: Any
    name: str
    kind: str
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    work: Work
    weights: Weights


Traced = tuple[Any, Tensor]  # a symbolic tensor and what is known of it


def walk(
    model: keras.Model, input_shapes: Sequence[Shape] | None = None
) -> tuple[tuple[Call, ...], tuple[Tensor, ...]]:
    """Returns the calls in a model, and its outputs.

    Args:
        model: A functional model, or a Sequential one that has been built; either may contain others.
        input_shapes: Shapes of its inputs without the batch axis; those it was built with if left out.

    Raises:
        ValueError: The model is of another sort, a size is not known, a layer has no formula, or the model
            cannot take inputs of that shape.
    """
    graph = _graph_of(model)
    shapes = [x.shape[1:] for x in graph.inputs] if input_shapes is None else input_shapes
    if len(shapes) != len(graph.inputs):
        raise ValueError(f"{model.name} has {len(graph.inputs)} inputs, got {len(shapes)} shapes.")
    counted: set[int] = set()  # variables, by identity
    calls, starts = [], []
    for reference, shape in zip(graph.inputs, shapes, strict=True):
        _check_known(reference.name, (None, *shape))
        same = reference.shape == (None, *shape)
        x = reference if same else keras.KerasTensor((None, *shape), dtype=reference.dtype)
        tensor = _tensor(x, reach_of_input(len(shape) - 1))
        starts.append((x, tensor))
        layer = producer(reference)
        calls.append(Call(layer, layer.name, type(layer).__name__, (), (tensor,), Work(), Weights()))

    def call(name: str, node: Any, known: Mapping[int, Traced]) -> list[Traced]:
        made, results = _call(name, node, known, counted)
        calls.append(made)
        return list(zip(results, made.outputs, strict=True))

    outputs = follow(graph, starts, call, inside=_inside)
    return tuple(calls), tuple(tensor for _, tensor in outputs)


def _graph_of(model: Any) -> Any:
    """Returns the functional model that a model is.

    Raises:
        ValueError: It is none.
    """
    graph = graph_in(model)
    if graph is not None:
        return graph
    if isinstance(model, keras.Sequential):
        raise ValueError("This Sequential model is not built yet: pass input_shape=….")
    raise ValueError(
        f"{model.name} is a {type(model).__name__}, whose layers cannot be listed without running it; "
        "build a functional or Sequential model, or register one formula for the whole class."
    )


def _inside(layer: Any) -> Any:
    """Returns the functional model that a layer is; `None` for layers, and for models with a formula."""
    has_formula = cost_of.dispatch(type(layer)) is not cost_of.dispatch(object)
    return _graph_of(layer) if isinstance(layer, keras.Model) and not has_formula else None


def _call(name: str, node: Any, known: Mapping[int, Traced], counted: set[int]) -> tuple[Call, list[Any]]:
    """Returns a call and its symbolic outputs."""
    layer = node.operation
    found = [known[id(x)] for x in node.input_tensors]
    inputs = tuple(tensor for _, tensor in found)
    if all(x.shape == old.shape for (x, _), old in zip(found, node.input_tensors, strict=True)):
        results = node.outputs
    else:
        results = _retrace(layer, node, known, name)
    for x in results:
        _check_known(name, x.shape)
    shapes = (
        [tensor.shape for tensor in inputs] if isinstance(layer, keras.Layer) else _arguments(node, known)
    )
    work = cost_of(layer, shapes, [_shape(x) for x in results])
    reach = reach_of_output([tensor.reach for tensor in inputs], work.window)
    outputs = tuple(_tensor(x, reach) for x in results)
    weights = _weights(layer, counted) if isinstance(layer, keras.Layer) else Weights()
    return Call(layer, name, type(layer).__name__, inputs, outputs, work, weights), results


def _retrace(layer: Any, node: Any, known: Mapping[int, Traced], name: str) -> list[Any]:
    """Returns the call's symbolic outputs for inputs of other shapes; leaves the layer as it is."""
    arguments, keywords = node.arguments.fill_in({id(x): known[id(x)][0] for x in node.input_tensors})
    try:
        if isinstance(layer, keras.Layer):
            first = next(iter((*arguments, *keywords.values())))
            layer._assert_input_compatibility(first)
        spec = layer.compute_output_spec(*arguments, **keywords)
    except (ValueError, TypeError) as error:
        shapes = ", ".join(str(_shape(known[id(x)][0])) for x in node.input_tensors)
        reason = str(error).splitlines()[0]
        raise ValueError(
            f"{name} cannot take inputs of shape {shapes}: {reason} "
            "Build the model for this input_shape instead."
        ) from error
    return list(keras.tree.flatten(spec))


def _arguments(node: Any, known: Mapping[int, Traced]) -> list[Shape]:
    """Shapes of all tensors and arrays that an operation is called with, in order."""
    shapes = []
    for value in keras.tree.flatten((node.arguments.args, node.arguments.kwargs)):
        if id(value) in known:
            shapes.append(known[id(value)][1].shape)
        elif hasattr(value, "shape"):
            shapes.append(tuple(value.shape))
    return shapes


def _check_known(name: str, shape: tuple[int | None, ...]) -> None:
    if None in shape[1:]:
        sizes = "×".join("?" if size is None else str(size) for size in shape[1:])
        is_image = len(shape) == 4
        wanted = "=(height, width, channels)" if is_image else " with a number in place of each question mark"
        raise ValueError(
            f"{name}: the size {sizes} is not known, so nothing can be counted; pass input_shape{wanted}."
        )


def _shape(x: Any) -> Shape:
    """A tensor's shape for one image: without the batch axis, if it has one."""
    return tuple(x.shape[1:] if x.shape and x.shape[0] is None else x.shape)


def _tensor(x: Any, reach: Reach) -> Tensor:
    return Tensor(_shape(x), itemsize(x.dtype), reach)


def itemsize(dtype: str) -> int:
    """Returns the bytes of one number: 4 for `float32`, 2 for `bfloat16`, 1 for `bool`."""
    bits = re.search(r"\d+", dtype)
    return max(1, int(bits[0]) // 8) if bits else 1


def _weights(layer: keras.Layer, counted: set[int]) -> Weights:
    variables = layer.weights
    if not variables:
        return Weights()
    # A frozen layer's variables are in these lists too; `variable.trainable` would take them for statistics.
    learned = {
        id(v)
        for part in layer._flatten_layers()
        for v in (part.weights if part.dtype_policy.quantization_mode else part._trainable_variables)
    }
    params = sum(math.prod(v.shape) for v in variables if id(v) in learned)
    new = [v for v in variables if id(v) not in counted]
    counted.update(map(id, new))
    sizes = [(v, math.prod(v.shape)) for v in new]
    return Weights(
        params=sum(size for v, size in sizes if id(v) in learned),
        biases=sum(size for v, size in sizes if id(v) in learned and v.name == "bias"),
        trainable=sum(size for v, size in sizes if id(v) in learned and v.trainable),
        bn_statistics=sum(size for v, size in sizes if id(v) not in learned),
        bytes=sum(size * itemsize(v.dtype) for v, size in sizes),
        params_with_shared=params,
    )
