"""A network in a few rows: its layers gathered by the resolution that they work at."""

import math
from dataclasses import dataclass

import keras


@dataclass(frozen=True)
class Stage:
    """The layers of one resolution, or of one head.

    Args:
        name: `"56×56"`, `"head"`, or the prefix of an auxiliary head.
        layers: Number of layers.
        last: Name of the last of them.
        shape: Shape of its output, without the batch axis.
        params: Trainable parameters.
        bn_statistics: Running means and variances.
    """

    name: str
    layers: int
    last: str
    shape: tuple[int | None, ...]
    params: int
    bn_statistics: int


def stages(model: keras.Model) -> list[Stage]:
    """Returns the stages of a network of cvlabs, from the image to the logits.

    Args:
        model: A model of `create_model` or of a builder; it may be built without weights.
    """
    rows: dict[str, list[keras.Layer]] = {}
    current = ""
    for layer in model.layers:
        current = _stage_of(layer, current)
        rows.setdefault(current, []).append(layer)
    in_order = sorted(rows, key=lambda name: "×" not in name)  # heads come last; else the order stays
    return [_stage(name, rows[name]) for name in in_order]


def _stage_of(layer: keras.Layer, current: str) -> str:
    prefix = layer.name.split("_")[0]
    if prefix == "predictions":
        return "head"
    if prefix == "head" or prefix.startswith("aux"):
        return prefix
    shape = layer.output.shape
    if len(shape) != 4 or "_se_" in layer.name:  # gates work at no resolution
        return current
    return "×".join("?" if size is None else str(size) for size in shape[1:3])


def _stage(name: str, layers: list[keras.Layer]) -> Stage:
    size = {True: 0, False: 0}
    for layer in layers:
        for variable in layer.weights:
            if not variable.dtype.startswith("uint"):  # the state of a random generator
                size[variable.trainable or not variable.name.startswith("moving")] += math.prod(
                    variable.shape
                )
    last = layers[-1]
    return Stage(name, len(layers), last.name, tuple(last.output.shape[1:]), size[True], size[False])
