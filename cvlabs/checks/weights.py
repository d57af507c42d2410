"""Weights that depend on a variable's role and shape alone.

Two models that compute the same function then give the same outputs, whatever the order, the names, the
nesting or the idiom in which their layers were made. Seeded random initialisers cannot do that: they depend
on the order of creation.
"""

import hashlib
import math
from collections import Counter

import keras
import numpy as np

_ROLES = {
    "kernel": "kernel",
    "gamma": "gamma",
    "scale": "gamma",
    "beta": "beta",
    "moving_mean": "mean",
    "moving_variance": "variance",
}


def role(variable: keras.Variable) -> str:
    """Returns what a variable is for: kernel, bias, gamma, beta, mean or variance.

    Keras' own names decide; a variable of the student's own naming is a kernel from rank 2 on, else a bias.
    """
    name = variable.name.rsplit("/", 1)[-1]
    for ending, kind in _ROLES.items():
        if name == ending or name.endswith(f"_{ending}"):
            return kind
    return "kernel" if sum(n > 1 for n in variable.shape) > 1 else "bias"


def weight_variables(model: keras.Model) -> list[keras.Variable]:
    """Returns the floating-point variables of a model, without the states of its random generators."""
    return [v for v in model.variables if v.dtype.startswith(("float", "bfloat"))]


def weight_table(model: keras.Model) -> Counter[str]:
    """Counts the variables of each role and shape, such as `"kernel 3×3×64×192"`.

    1×1 kernels are written like those of a dense layer, because they are the same thing.
    """
    return Counter(f"{role(v)} {_written(v.shape)}" for v in weight_variables(model))


def fill(model: keras.Model, seed: int) -> None:
    """Fills every weight of `model` with values drawn for its role, size and fan-out.

    Kernels ~ N(0, 2 / fan_in), so that activations keep their scale through ReLU layers; gamma near 1;
    biases, betas and means small; variances positive. Dimensions of 1 do not count: a dense kernel and a
    1×1 convolution's, a depthwise kernel and a grouped one's, hold the same values. So do a dense kernel on
    flattened features and the convolution kernel that covers the same features.
    """
    for variable in weight_variables(model):
        dims = [n for n in variable.shape if n != 1]
        fan_out = dims[-1] if len(dims) > 1 else 1
        values = _draw(role(variable), math.prod(dims), fan_out, seed)
        variable.assign(values.reshape(variable.shape).astype(variable.dtype))


def _draw(kind: str, size: int, fan_out: int, seed: int) -> np.ndarray:
    digest = hashlib.sha256(f"{seed}:{kind}:{size}:{fan_out}".encode()).digest()
    normal = np.random.default_rng(int.from_bytes(digest[:16], "big")).standard_normal(size, dtype=np.float32)
    match kind:
        case "kernel":
            return normal * np.float32(math.sqrt(2 * fan_out / size))
        case "gamma":
            return 1 + 0.1 * normal
        case "variance":
            return 0.5 + np.abs(normal)
        case _:
            return 0.1 * normal


def _written(shape: tuple[int, ...]) -> str:
    dims = list(shape)
    while len(dims) > 2 and dims[0] == 1:
        dims.pop(0)
    return "×".join(map(str, dims)) or "1"
