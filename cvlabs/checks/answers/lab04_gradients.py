"""Lab 4, the gradient that reaches each layer: the right answer and the misconceptions."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from cvlabs.checks.answers.answer import Answer

Array = Any  # numpy.ndarray or a tensor with values
Norms = dict[str, float]
Loss = Callable[[Array, Array], Array]  # of labels and logits


def _layers(model: keras.Model) -> list[keras.Layer]:
    return [layer for layer in model.layers if hasattr(layer, "kernel")]


def _mean_cross_entropy(y: Array, logits: Array) -> Array:
    return tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True))


def _gradients(
    model: keras.Model,
    x: Array,
    y: Array,
    *,
    training: bool = True,
    loss: Loss = _mean_cross_entropy,
    which: Callable[[keras.Layer], Any] = lambda layer: layer.kernel.value,
) -> dict[str, Any]:
    """The gradient of the loss with respect to what `which` takes of each layer."""
    variables = [which(layer) for layer in _layers(model)]
    with tf.GradientTape() as tape:
        value = loss(y, model(x, training=training))
    return dict(zip([layer.name for layer in _layers(model)], tape.gradient(value, variables), strict=True))


def _norm(gradient: Any) -> float:
    return float(np.linalg.norm(np.ravel(gradient)))


def _each(gradients: dict[str, Any], number: Callable[[Any], float] = _norm) -> Norms:
    return {name: number(np.asarray(gradient)) for name, gradient in gradients.items()}


def gradient_norm_by_layer(model: keras.Model, x: Array, y: Array) -> Norms:
    """L2 norm of the gradient with respect to each kernel, in training."""
    return _each(_gradients(model, x, y))


def norms_in_inference(model: keras.Model, x: Array, y: Array) -> Norms:
    """You call the model as for prediction, so its normalizations use their running averages. Call it with
    training=True.
    """
    return _each(_gradients(model, x, y, training=False))


def norms_of_the_summed_loss(model: keras.Model, x: Array, y: Array) -> Norms:
    """Your loss is the sum over the batch. Take the mean, or the norms grow with the number of images."""
    return _each(_gradients(model, x, y, loss=lambda y, z: len(x) * _mean_cross_entropy(y, z)))


def norms_of_logits_as_probabilities(model: keras.Model, x: Array, y: Array) -> Norms:
    """Your loss takes the network's outputs for probabilities. They are logits: from_logits=True."""
    loss = keras.losses.sparse_categorical_crossentropy
    return _each(_gradients(model, x, y, loss=lambda y, z: tf.reduce_mean(loss(y, z))))


def norms_of_probabilities_as_logits(model: keras.Model, x: Array, y: Array) -> Norms:
    """You apply a softmax and tell the loss that it reads logits. It applies one itself."""
    return _each(_gradients(model, x, y, loss=lambda y, z: _mean_cross_entropy(y, tf.nn.softmax(z))))


def squared_norms(model: keras.Model, x: Array, y: Array) -> Norms:
    """Your numbers are the squares of the norms: the root is missing."""
    return _each(_gradients(model, x, y), lambda g: _norm(g) ** 2)


def norms_divided_by_size(model: keras.Model, x: Array, y: Array) -> Norms:
    """You take the root of the mean square. The norm is the root of the sum."""
    return _each(_gradients(model, x, y), lambda g: _norm(g) / g.size**0.5)


def mean_absolute_gradients(model: keras.Model, x: Array, y: Array) -> Norms:
    """You take the mean of the absolute values. The L2 norm is the root of the sum of squares."""
    return _each(_gradients(model, x, y), lambda g: float(np.abs(g).mean()))


def absolute_sums(model: keras.Model, x: Array, y: Array) -> Norms:
    """You sum the absolute values, which is the L1 norm. The L2 norm is the root of the sum of squares."""
    return _each(_gradients(model, x, y), lambda g: float(np.abs(g).sum()))


def largest_gradients(model: keras.Model, x: Array, y: Array) -> Norms:
    """You take the largest value of each gradient. The norm takes all of them together."""
    return _each(_gradients(model, x, y), lambda g: float(np.abs(g).max()))


def norms_by_bias(model: keras.Model, x: Array, y: Array) -> Norms:
    """Your gradients are those with respect to the biases. Take the kernels."""
    return _each(_gradients(model, x, y, which=lambda layer: layer.bias.value))


def norms_by_all_weights(model: keras.Model, x: Array, y: Array) -> Norms:
    """Your norms include each layer's bias. Only the kernel counts."""
    kernels, biases = (_each(_gradients(model, x, y, which=which)) for which in (_kernel, _bias))
    return {name: (norm**2 + biases[name] ** 2) ** 0.5 for name, norm in kernels.items()}


def _kernel(layer: keras.Layer) -> Any:
    return layer.kernel.value


def _bias(layer: keras.Layer) -> Any:
    return layer.bias.value


def norms_of_kernels(model: keras.Model, x: Array, y: Array) -> Norms:
    """You take the norms of the kernels themselves. Take those of the gradients with respect to them."""
    return {layer.name: _norm(layer.kernel) for layer in _layers(model)}


def relative_norms(model: keras.Model, x: Array, y: Array) -> Norms:
    """You divide by the norm of the kernel. That is a useful number too, but here return the norm itself."""
    kernels = norms_of_kernels(model, x, y)
    return {name: norm / kernels[name] for name, norm in gradient_norm_by_layer(model, x, y).items()}


def norms_without_the_dense_layer(model: keras.Model, x: Array, y: Array) -> Norms:
    """The dense layer is missing. It has a kernel, too."""
    norms = gradient_norm_by_layer(model, x, y)
    return {name: norms[name] for name in list(norms)[:-1]}


def norms_of_variables_in_order(model: keras.Model, x: Array, y: Array) -> Norms:
    """You pair the layers with `model.trainable_variables`, which also holds biases, gammas and betas. So
    names and gradients do not belong together: take the gradients with respect to `layer.kernel`.
    """
    return dict(zip([layer.name for layer in _layers(model)], _variable_norms(model, x, y), strict=False))


def _variable_norms(model: keras.Model, x: Array, y: Array) -> list[float]:
    """Norms of the gradients with respect to all variables, in the model's order."""
    variables = [v.value for v in model.trainable_variables]
    with tf.GradientTape() as tape:
        value = _mean_cross_entropy(y, model(x, training=True))
    return [_norm(gradient) for gradient in tape.gradient(value, variables)]


ANSWER = Answer(
    gradient_norm_by_layer,
    (
        norms_in_inference,
        norms_of_the_summed_loss,
        norms_of_logits_as_probabilities,
        norms_of_probabilities_as_logits,
        squared_norms,
        norms_divided_by_size,
        mean_absolute_gradients,
        absolute_sums,
        largest_gradients,
        norms_by_bias,
        norms_by_all_weights,
        norms_of_kernels,
        relative_norms,
        norms_without_the_dense_layer,
        norms_of_variables_in_order,
    ),
)
