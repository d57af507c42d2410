"""Gradients of a function of tensors, on whichever backend Keras has."""

from collections.abc import Callable, Sequence
from typing import Any

import keras

Tensor = Any  # of the backend


def gradients(function: Callable[[list[Tensor]], Tensor], values: Sequence[Tensor]) -> list[Tensor]:
    """Returns the derivatives of a scalar.

    Args:
        function: From tensors to a scalar, free of side effects.
        values: The tensors at which the derivatives are taken.

    Returns:
        A tensor of the shape of each value; `None` where the scalar does not depend on it.

    Raises:
        ValueError: The backend has no gradients, such as NumPy.
    """
    backend = keras.backend.backend()
    if backend not in _OF:
        raise ValueError(f"Gradients need the backend {', '.join(_OF)}; Keras has {backend} here.")
    return _OF[backend](function, values)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Returns a function of tensors to be called once: JAX would compile each of its operations by itself."""
    if keras.backend.backend() != "jax":
        return function
    import jax

    whole: Callable[..., Any] = jax.jit(function)
    return whole


def _tensorflow(function: Callable[[list[Tensor]], Tensor], values: Sequence[Tensor]) -> list[Tensor]:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tensors = [tf.convert_to_tensor(value) for value in values]
        tape.watch(tensors)
        scalar = function(tensors)
    found: list[Tensor] = tape.gradient(scalar, tensors)
    return found


def _jax(function: Callable[[list[Tensor]], Tensor], values: Sequence[Tensor]) -> list[Tensor]:
    import jax

    found: list[Tensor] = jax.jit(jax.grad(function))(list(values))
    return found


def _torch(function: Callable[[list[Tensor]], Tensor], values: Sequence[Tensor]) -> list[Tensor]:
    import torch

    tensors = [value.detach().clone().requires_grad_() for value in values]
    return list(torch.autograd.grad(function(tensors), tensors, allow_unused=True))


_OF = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}
