"""A network for inference, in which convolutions do the work of the BatchNormalization behind them."""

from collections import Counter
from typing import Any

import keras
import numpy as np
from keras import layers

from cvlabs.graph import graph_in, graph_of, nodes, producer
from cvlabs.layers import BatchNormalization, GroupedConv2D
from cvlabs.made_anew import made_anew
from cvlabs.variables import abstract, follow_variables, initialize, set_value

Array = Any  # numpy.ndarray

# Exactly these: a subclass may compute something else.
_CONVOLUTIONS = (layers.Conv1D, layers.Conv2D, layers.Conv3D, GroupedConv2D)
_DEPTHWISE = (layers.DepthwiseConv1D, layers.DepthwiseConv2D)
_FOLDABLE = (*_CONVOLUTIONS, *_DEPTHWISE, layers.Dense)
_NORMALIZATIONS = (layers.BatchNormalization, BatchNormalization)


def fold_batch_norm(model: keras.Model) -> keras.Model:
    """Returns a copy of a model for inference, with BatchNormalization folded into convolutions.

    At inference, BatchNormalization multiplies each channel by a constant and adds another. A convolution or
    a dense layer right before it can do both: the constants go into its kernel and its bias. The copy has the
    same names of layers, without the folded ones, and equal outputs with `training=False`. It is not meant
    for training: without normalization it would learn otherwise.

    A BatchNormalization stays as it is where it does not directly follow such a layer, where the layer has an
    activation or another consumer, where either is used more than once or is of a class of your own, or where
    they compute in different types.

    Args:
        model: A functional or Sequential model; it is not changed. Models inside it are folded as well. The
            copy of a compiled model is not compiled.

    Raises:
        ValueError: The model is no functional model, or has no weights yet; or a layer cannot be copied,
            because Keras does not know its class or function, or its configuration does not tell all.

    Example:
        >>> import keras
        >>> from cvlabs.models import googlenet_bn
        >>> folded = fold_batch_norm(googlenet_bn((64, 64, 3), classes=10))
        >>> any(isinstance(layer, keras.layers.BatchNormalization) for layer in folded.layers)
        False
    """
    graph = graph_of(model)
    plain = keras.Model(graph.input, graph.output, name=model.name)  # without the optimizer of a compiled one
    return _copy(plain, _pairs(plain))


def _pairs(model: keras.Model) -> dict[keras.Layer, keras.Layer]:
    """Returns the layers to fold: each BatchNormalization with the layer before it."""
    calls = nodes(model)
    uses = Counter(node.operation for node in calls)
    readers = Counter(id(tensor) for node in calls for tensor in node.input_tensors)
    readers.update(id(tensor) for tensor in model.outputs)
    pairs = {}
    for node in calls:
        norm = node.operation
        if type(norm) not in _NORMALIZATIONS or _in_training(node):
            continue
        tensor = node.input_tensors[0]
        layer = producer(tensor)
        if uses[norm] == uses[layer] == readers[id(tensor)] == 1 and _fits(layer, norm):
            pairs[norm] = layer
    return pairs


def _in_training(node: Any) -> bool:
    """Whether a call says of itself that it is one in training."""
    return bool(node.arguments.kwargs.get("training"))


def _fits(layer: keras.Layer, norm: layers.BatchNormalization) -> bool:
    if type(layer) not in _FOLDABLE or layer.activation is not keras.activations.linear:
        return False
    if layer.compute_dtype != norm.compute_dtype:  # the layer would give the output another type
        return False
    if getattr(layer, "lora_enabled", False) or layer.dtype_policy.quantization_mode:
        return False
    rank = len(layer.output.shape)
    channels = 1 if getattr(layer, "data_format", None) == "channels_first" else rank - 1
    return norm.axis % rank == channels


def _copy(model: keras.Model, pairs: dict[keras.Layer, keras.Layer]) -> keras.Model:
    calls = nodes(model)
    as_they_are = {node.operation for node in calls if _in_training(node)}
    inside = {node.operation for node in calls if graph_in(node.operation) is not None} - as_they_are
    models = {layer: fold_batch_norm(layer) for layer in inside}
    copies: dict[keras.Operation, keras.Operation] = {}
    folded = {layer: norm for norm, layer in pairs.items()}
    skipped = set()

    def clone(layer: keras.Operation) -> keras.Operation:
        if layer in models:
            return models[layer]
        copies[layer] = made_anew(layer, {"use_bias": True} if layer in folded else {})
        if layer in pairs:
            skipped.add(copies[layer])
        return copies[layer]

    def call(layer: keras.Operation, *args: Any, **kwargs: Any) -> Any:
        return args[0] if layer in skipped else layer(*args, **kwargs)

    with abstract():
        copy = keras.models.clone_model(model, clone_function=clone, call_function=call)
    for layer, its_copy in copies.items():
        if layer in pairs or not isinstance(layer, keras.Layer):
            continue
        values = _folded(layer, folded[layer]) if layer in folded else layer.get_weights()
        for variable, value in zip(its_copy.weights, values, strict=True):
            set_value(variable, value)
        follow_variables(its_copy)
    initialize(copy.variables)  # what is no weight: the states of random generators
    return copy


def _folded(layer: keras.Layer, norm: layers.BatchNormalization) -> list[Array]:
    """Returns kernel and bias that do what the layer and the normalization do, computed in float64."""
    gamma = 1 if norm.gamma is None else _float64(norm.gamma)
    beta = 0 if norm.beta is None else _float64(norm.beta)
    mean, variance = _float64(norm.moving_mean), _float64(norm.moving_variance)
    scale = gamma / np.sqrt(variance + norm.epsilon)  # C
    kernel = _float64(layer.kernel)
    per_filter = scale.reshape(kernel.shape[-2:]) if isinstance(layer, _DEPTHWISE) else scale
    bias = _float64(layer.bias) if layer.use_bias else 0
    return [kernel * per_filter, (bias - mean) * scale + beta]


def _float64(variable: Any) -> Array:
    return keras.ops.convert_to_numpy(variable).astype("float64")
