"""Weights that depend on a variable's role and shape alone.

Two models that compute the same function then give the same outputs, whatever the order, the names, the
nesting or the idiom in which their layers were made. Seeded random initialisers cannot do that: they depend
on the order of creation.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Container, Iterable

import keras
import numpy as np

from cvlabs.checks.task import Grouped
from cvlabs.variables import set_value

Filling = tuple[str, int, int]
"""What decides about the values of a weight: its role, its size and its fan-out."""

_PORTION = 1 << 16  # values that stay in the processor's cache while they are drawn and scaled
_ROLES = {
    "kernel": "kernel",
    "bias": "bias",
    "gamma": "gamma",
    "scale": "gamma",
    "beta": "beta",
    "moving_mean": "mean",
    "moving_variance": "variance",
    "running_mean": "mean",  # torch's names
    "running_var": "variance",
}


def role(variable: keras.Variable) -> str:
    """Returns what a variable is for: kernel, bias, gamma, beta, mean or variance.

    Keras' own names decide, or torch's; a variable of the student's own naming is a kernel from rank 2 on,
    else a bias.
    """
    name = variable.name.rsplit("/", 1)[-1]
    for ending, kind in _ROLES.items():
        if name == ending or name.endswith(f"_{ending}"):
            return kind
    return "kernel" if sum(n > 1 for n in variable.shape) > 1 else "bias"


def weight_variables(model: keras.Model) -> list[keras.Variable]:
    """Returns the floating-point variables of a model, without the states of its random generators."""
    return _of_floats(model.variables)


def weight_table(model: keras.Model) -> Counter[str]:
    """Counts the variables of each role and shape, such as `"kernel 3×3×64×192"`.

    1×1 kernels are written like those of a dense layer, because they are the same thing.
    """
    return _counted(weight_variables(model))


def lost(model: keras.Model, made: Iterable[keras.Variable]) -> Counter[str]:
    """Counts those variables, of all that were made along with a model, that are not part of it."""
    own = {id(variable) for variable in model.variables}
    return _counted(v for v in _of_floats(made) if id(v) not in own)


def _counted(variables: Iterable[keras.Variable]) -> Counter[str]:
    return Counter(f"{role(v)} {_written(v.shape)}" for v in variables)


def _of_floats(variables: Iterable[keras.Variable]) -> list[keras.Variable]:
    return [v for v in variables if v.dtype.startswith(("float", "bfloat"))]


def fillings(key: str, grouped: tuple[Grouped, ...] = ()) -> Counter[Filling]:
    """Returns what decides about the values of one weight of a `weight_table`, for each group that it holds.

    Args:
        key: The weight, as the table writes it. It may be a stranger's text.
        grouped: The grouped convolutions that may be in the model.
    """
    kind, _, shape = key.partition(" ")
    sizes = shape.split("×")
    if not all(size.isdecimal() for size in sizes):
        return Counter([(key, 0, 0)])
    dims = [n for n in map(int, sizes) if n != 1]
    size, fan_out = math.prod(dims), dims[-1] if len(dims) > 1 else 1
    for layer in grouped:
        if _is_whole(layer, kind, size, fan_out):
            width = layer.filters // layer.groups
            return Counter({(kind, size // layer.groups, width if kind == "kernel" else 1): layer.groups})
    return Counter([(kind, size, fan_out)])


def without_channels(model: keras.Model) -> str | None:
    """Returns the weight of a layer that reads, or makes, 0 channels, such as `"kernel 3×3×0×8"`, if any."""
    empty = (v for v in weight_variables(model) if 0 in v.shape)
    return next((f"{role(v)} {_written(v.shape)}" for v in empty), None)


def fill(
    model: keras.Model, seed: int, grouped: tuple[Grouped, ...] = (), groups_differ: bool = False
) -> None:
    """Fills every weight of `model` with values drawn for its role, size and fan-out.

    Kernels have the variance 2 / fan_in, so that activations keep their scale through ReLU layers; they are
    uniformly distributed, which is drawn four times as fast as the normal distribution. Gamma near 1, a
    quarter of it near -1, with which a pooling and a normalization cannot change places; biases, betas and
    means small; variances positive. Dimensions of 1 do not count: a dense kernel and a
    1×1 convolution's, a depthwise kernel and a grouped one's, hold the same values. So do a dense kernel on
    flattened features and the convolution kernel that covers the same features.

    A grouped convolution may be one variable or one for each group. All groups get the same values, for
    which it does not matter in what order an answer makes them.

    Args:
        model: The model.
        seed: Seeds the values.
        grouped: The grouped convolutions that may be in the model.
        groups_differ: Gives the groups different values instead, in the order of their variables.
    """
    seen: Counter[tuple[str, int, int]] = Counter()
    for variable in weight_variables(model):
        dims = [n for n in variable.shape if n != 1]
        kind, size, fan_out = role(variable), math.prod(dims), dims[-1] if len(dims) > 1 else 1
        whole = next((layer for layer in grouped if _is_whole(layer, kind, size, fan_out)), None)
        if whole is not None:
            values = _draw_groups(whole, kind, size, fan_out, seed, groups_differ)
        else:
            place = seen[kind, size, fan_out] if groups_differ else 0
            values = _draw(kind, size, fan_out, seed, place)
            seen[kind, size, fan_out] += 1
        set_value(variable, values.reshape(variable.shape).astype(variable.dtype, copy=False))


def averages(model: keras.Model) -> dict[str, list[np.ndarray]]:
    """Returns what normalizations use for prediction: the means and the variances of each of them."""
    values: dict[str, list[np.ndarray]] = {"mean": [], "variance": []}
    for variable in weight_variables(model):
        if (kind := role(variable)) in values:
            values[kind].append(keras.ops.convert_to_numpy(variable).reshape(-1))
    return values


def keep_few_features(model: keras.Model, outputs: Container[int], few: int = 6) -> None:
    """Sets the kernels of last layers to zero, but for the weights of a few of the features that they read.

    Args:
        model: The model, whose weights have values.
        outputs: How many outputs a last layer has; no other layer has as many.
        few: Of how many features the weights are kept.
    """
    for variable in weight_variables(model):
        if role(variable) == "kernel" and variable.shape[-1] in outputs:
            kernel = keras.ops.convert_to_numpy(variable).reshape(-1, variable.shape[-1])
            kept = np.zeros_like(kernel)
            kept[:: -(-len(kernel) // few)] = kernel[:: -(-len(kernel) // few)]
            set_value(variable, kept.reshape(variable.shape))


def _is_whole(layer: Grouped, kind: str, size: int, fan_out: int) -> bool:
    """Whether a variable holds the kernels, or the biases, of all groups of a layer."""
    if kind == "bias":
        return size == layer.filters
    widths = (
        layer.filters,
        layer.filters // layer.groups,
    )  # the second where groups are an axis of their own
    return kind == "kernel" and size == layer.fan_in * layer.filters and fan_out in widths


def _draw_groups(
    layer: Grouped, kind: str, size: int, fan_out: int, seed: int, groups_differ: bool
) -> np.ndarray:
    """Draws for each group what a variable of its own would hold, and joins them as the layer's does."""
    width = layer.filters // layer.groups
    places = range(layer.groups) if groups_differ else [0] * layer.groups
    parts = [
        _draw(kind, size // layer.groups, width if kind == "kernel" else 1, seed, place) for place in places
    ]
    if fan_out == layer.filters:
        return np.concatenate([values.reshape(-1, width) for values in parts], axis=1)
    return np.concatenate(parts)


def _draw(kind: str, size: int, fan_out: int, seed: int, place: int = 0) -> np.ndarray:
    key = f"{seed}:{kind}:{size}:{fan_out}" + (f":{place}" if place else "")
    digest = hashlib.sha256(key.encode()).digest()
    generator = np.random.Generator(np.random.SFC64(int.from_bytes(digest[:16], "big")))
    if kind == "kernel":
        return _uniform(generator, size, math.sqrt(2 * fan_out / size))
    normal = generator.standard_normal(size, dtype=np.float32)
    match kind:
        case "gamma":
            return np.copysign(1 + 0.1 * normal, 0.67 - normal)
        case "variance":
            return 0.5 + np.abs(normal)
        case _:
            return 0.1 * normal


def _uniform(generator: np.random.Generator, size: int, deviation: float) -> np.ndarray:
    """Values around zero of this standard deviation."""
    values = np.empty(size, np.float32)
    for start in range(0, size, _PORTION):
        portion = values[start : start + _PORTION]
        generator.random(out=portion, dtype=np.float32)
        portion -= np.float32(0.5)
        portion *= np.float32(deviation * math.sqrt(12))
    return values


def _written(shape: tuple[int, ...]) -> str:
    dims = list(shape)
    while len(dims) > 2 and dims[0] == 1:
        dims.pop(0)
    return "×".join(map(str, dims)) or "1"
