"""The precision that a network computes in during a training; its variables stay float32.

Reference: Micikevicius et al., "Mixed Precision Training", ICLR 2018.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import keras

POLICIES = ("float32", "mixed_bfloat16", "mixed_float16")


def choose(precision: str, kind: str) -> str:
    """Returns a policy: the one asked for, or the fastest that a device of that kind computes well in.

    bfloat16 on TPUs and on GPUs since Ampere (compute capability 8); float16, whose loss has to be scaled, on
    Volta and Turing (7); float32 elsewhere, CPUs included, where most have no instructions for the others.

    Raises:
        ValueError: An unknown policy.
    """
    if precision in POLICIES:
        return precision
    if precision != "auto":
        raise ValueError(f"precision must be 'auto' or one of {', '.join(POLICIES)}; got {precision!r}.")
    if kind == "TPU":
        return "mixed_bfloat16"
    capability = _capability() if kind in ("GPU", "CUDA") else 0.0
    return "mixed_bfloat16" if capability >= 8 else "mixed_float16" if capability >= 7 else "float32"


@contextmanager
def in_precision(model: keras.Model, policy: str, spared: Sequence[str]) -> Iterator[None]:
    """Within the `with` statement the layers of a model compute in a policy.

    Layers that have another policy than float32 already keep theirs: somebody chose it.

    Args:
        model: A model whose variables are float32.
        policy: A Keras dtype policy.
        spared: Names of layers that stay in float32, and with them what they are part of: the preparation of
            pixels, and what gives scores.
    """
    changed: list[Any] = []
    for layer in model._flatten_layers(include_self=False):
        chosen = any(part.name in spared for part in layer._flatten_layers())
        chosen = chosen or isinstance(layer, (keras.Model, keras.layers.InputLayer))
        if not chosen and layer.dtype_policy.name == "float32" != policy:
            layer.dtype_policy = keras.DTypePolicy(policy)
            changed.append(layer)
    try:
        yield
    finally:
        for layer in changed:
            layer.dtype_policy = keras.DTypePolicy("float32")


def _capability() -> float:
    """Returns the compute capability of the first GPU, 0 where it has none."""
    if keras.backend.backend() == "jax":
        import jax

        return float(getattr(jax.devices()[0], "compute_capability", 0.0))
    if keras.backend.backend() == "torch":
        import torch

        major, minor = torch.cuda.get_device_capability(keras.ops.zeros(()).device)
        return float(major + minor / 10)
    import tensorflow as tf

    gpu = tf.config.list_physical_devices("GPU")[0]
    major, minor = tf.config.experimental.get_device_details(gpu).get("compute_capability", (0, 0))
    return float(major + minor / 10)
