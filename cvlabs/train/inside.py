"""What happens inside a network: the gradients that reach its layers, and the values that leave them.

Nothing here trains, and the model stays as it is: its weights, its running statistics, the state of its
random layers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np

from cvlabs.graph import Unrolled, unroll
from cvlabs.train.gradients import compiled, gradients
from cvlabs.train.probabilities import gives_probabilities

Array = Any  # numpy.ndarray, or a tensor of the backend
Loss = Callable[[Array, Any], Any]


@dataclass(frozen=True)
class GradientNorm:
    """What arrives at a layer when the loss is differentiated.

    Args:
        layer: Its name.
        kind: Name of its class.
        depth: How many layers with a kernel lie on the longest way from the image to its output, itself
            included: 1 for the first convolution. A normalization has the depth of the convolution before it.
        params: How many numbers the gradient has: the layer's trainable parameters.
        norm: Euclidean norm of the gradient with respect to all of them: the root of the sum of squares.
        weight_norm: Euclidean norm of those parameters themselves.
        has_kernel: Whether the layer has a kernel, as convolutions and dense layers do.
    """

    layer: str
    kind: str
    depth: int
    params: int
    norm: float
    weight_norm: float
    has_kernel: bool


@dataclass(frozen=True)
class ActivationStatistics:
    """What a layer gives, over all images, positions and channels.

    Args:
        layer: Its name.
        kind: Name of its class.
        depth: As in `GradientNorm`.
        shape: Shape of its output for one image.
        mean: Mean of the values.
        std: Their standard deviation.
        zeros: Share of them that are exactly 0, from 0 to 1: after a ReLU, those that it cut off.
        dead: Share of the channels, the last axis, that are 0 at every position of every image.
    """

    layer: str
    kind: str
    depth: int
    shape: tuple[int, ...]
    mean: float
    std: float
    zeros: float
    dead: float


def gradient_norms(
    model: keras.Model, x: Array, y: Array, *, loss: Loss | None = None, training: bool = True
) -> list[GradientNorm]:
    """Measures the gradient of the loss of one batch at every layer with trainable weights.

    Args:
        model: A functional or Sequential model.
        x: A batch of what the model takes, such as images N×H×W×3.
        y: Labels: class numbers of shape N, or probabilities N×classes.
        loss: From `y` and the model's outputs to a loss, whose mean over the batch is differentiated. By
            default the cross-entropy of the first output; the model's graph tells whether it is logits.
        training: Whether layers behave as in training. Then BatchNormalization takes the statistics of this
            batch, and dropout drops.

    Returns:
        A row per layer, in the order in which they are called. Frozen layers have none.

    Raises:
        ValueError: A model without a graph or without trainable weights, or labels that do not fit; without a
            loss also a model that ends in another activation than softmax.

    Example:
        >>> import keras
        >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, name="logits")])
        >>> [row.layer for row in gradient_norms(model, [[1.0, 2.0]], [0])]
        ['logits']
    """
    graph = unroll(model)
    layers = _trainable_layers(graph)
    if not layers:
        raise ValueError(f"{model.name} has no trainable weights, so no gradients.")
    x = keras.ops.convert_to_tensor(x)
    y = _labels(y, x.shape[0], model)
    measure = loss or _cross_entropy(model)
    fixed = [keras.ops.convert_to_tensor(v) for v in model.non_trainable_variables]

    def loss_of(values: list[Any]) -> Any:
        outputs, _ = model.stateless_call(values, fixed, x, training=training)
        return keras.ops.mean(keras.ops.cast(measure(y, outputs), "float32"))

    variables = model.trainable_variables
    values = [keras.ops.convert_to_tensor(v) for v in variables]
    by_variable = dict(zip(map(id, variables), gradients(loss_of, values), strict=True))
    depths = _depths(graph)
    return [
        GradientNorm(
            layer=name,
            kind=type(layer).__name__,
            depth=depths[name],
            params=sum(int(np.prod(v.shape)) for v in layer.trainable_variables),
            norm=_norm([by_variable[id(v)] for v in layer.trainable_variables]),
            weight_norm=_norm(layer.trainable_variables),
            has_kernel=_has_kernel(layer),
        )
        for name, layer in layers.items()
    ]


def activation_statistics(
    model: keras.Model, x: Array, *, training: bool = False
) -> list[ActivationStatistics]:
    """Measures the values that leave every layer, for one batch.

    All of them are held at once, so a batch of some dozens of images is about right.

    Args:
        model: A functional or Sequential model.
        x: A batch of what the model takes, such as images N×H×W×3.
        training: Whether layers behave as in training. A network that has not been trained yet has no running
            statistics worth the name: pass `True` to see what BatchNormalization does to it.

    Returns:
        A row per call of a layer, in the order in which they are called, without the inputs.

    Raises:
        ValueError: A model without a graph.

    Example:
        >>> import keras
        >>> model = keras.Sequential([keras.Input((4,)), keras.layers.ReLU(name="relu")])
        >>> row = activation_statistics(model, [[-1.0, 0.0, 2.0, 3.0]])[0]
        >>> row.mean, row.zeros, row.dead
        (1.25, 0.5, 0.5)
    """
    graph = unroll(model)
    found = [(call, tensor) for call in graph.calls for tensor in call.outputs]
    every = keras.Model(list(graph.inputs), [tensor for _, tensor in found])
    trainable = [keras.ops.convert_to_tensor(v) for v in every.trainable_variables]
    fixed = [keras.ops.convert_to_tensor(v) for v in every.non_trainable_variables]
    run = compiled(partial(every.stateless_call, training=training))
    outputs, _ = run(trainable, fixed, keras.ops.convert_to_tensor(x))
    depths = _depths(graph)
    return [
        ActivationStatistics(
            call.name,
            type(call.layer).__name__,
            depths[call.name],
            tuple(tensor.shape[1:]),
            **_moments(output),
        )
        for (call, tensor), output in zip(found, keras.tree.flatten(outputs), strict=True)
    ]


def _trainable_layers(graph: Unrolled) -> dict[str, keras.Layer]:
    """The layers that training changes, each once, by the name of its first call."""
    layers: dict[int, tuple[str, keras.Layer]] = {}
    for call in graph.calls:
        if isinstance(call.layer, keras.Layer) and call.layer.trainable_variables:
            layers.setdefault(id(call.layer), (call.name, call.layer))
    return dict(layers.values())


def _depths(graph: Unrolled) -> dict[str, int]:
    """Layers with a kernel on the longest way from an input to the output of each call's first occurrence."""
    of_tensor = {id(x): 0 for x in graph.inputs}
    depths: dict[str, int] = {}
    for call in graph.calls:
        depth = max((of_tensor[id(x)] for x in call.inputs), default=0) + _has_kernel(call.layer)
        of_tensor |= {id(x): depth for x in call.outputs}
        depths.setdefault(call.name, depth)
    return depths


def _has_kernel(layer: Any) -> bool:
    names = ("kernel", "depthwise_kernel")  # SeparableConv2D has one for each of its halves
    return any(getattr(layer, name, None) is not None for name in names)


def _labels(y: Array, count: int, model: keras.Model) -> Any:
    labels = np.asarray(keras.ops.convert_to_numpy(y))
    classes = model.outputs[0].shape[-1]
    if labels.shape not in ((count,), (count, classes)):
        raise ValueError(
            f"y must be class numbers of shape ({count},), or probabilities ({count}, {classes}), "
            f"for {count} samples; got shape {labels.shape}."
        )
    if labels.ndim == 1 and not (labels.min() >= 0 and labels.max() < classes):
        raise ValueError(
            f"y must be class numbers from 0 to {classes - 1}; got {labels.min()} to {labels.max()}."
        )
    return keras.ops.convert_to_tensor(labels.astype("int32" if labels.ndim == 1 else "float32"))


def _cross_entropy(model: keras.Model) -> Loss:
    from_logits = not gives_probabilities(model)

    def loss(y: Any, outputs: Any) -> Any:
        first = keras.ops.cast(outputs[0] if isinstance(outputs, list | tuple) else outputs, "float32")
        if len(y.shape) == 1:
            return keras.ops.sparse_categorical_crossentropy(y, first, from_logits=from_logits)
        return keras.ops.categorical_crossentropy(y, first, from_logits=from_logits)

    return loss


def _norm(tensors: list[Any]) -> float:
    squares = 0.0
    for tensor in tensors:
        if tensor is not None:  # what the loss does not depend on, such as a head that is not used
            values = keras.ops.convert_to_numpy(keras.ops.cast(tensor, "float32"))
            squares += float(np.sum(np.square(values, dtype="float64")))
    return float(np.sqrt(squares))


def _moments(output: Any) -> dict[str, float]:
    values = keras.ops.convert_to_numpy(keras.ops.cast(output, "float32"))
    channels = values.reshape(-1, values.shape[-1]) if values.ndim > 1 else values.reshape(-1, 1)
    return {
        "mean": float(values.mean(dtype="float64")),
        "std": float(values.std(dtype="float64")),
        "zeros": float(np.mean(values == 0)),
        "dead": float(np.mean(np.all(channels == 0, axis=0))),
    }
