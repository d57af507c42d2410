"""The evidence that a model gives: what shows without values, and what it computes on a case's inputs."""

import math

import keras
import numpy as np
from keras.src.models.functional import Functional  # has no public name

from cvlabs.checks import evidence, weights
from cvlabs.checks.task import Case, Trial

Averages = dict[str, list[np.ndarray]]  # as from `weights.averages`


def structure(model: keras.Model, case: Case) -> Trial:
    """Returns the shapes of a model's outputs, and its parameters; neither needs values."""
    wanted = (None, *(case.input_shape or ()))
    if type(model) is Functional and [x.shape for x in keras.tree.flatten(model.inputs)] == [wanted]:
        symbolic = keras.tree.flatten(model.outputs)  # a call would go through all layers once more
    else:
        symbolic = keras.tree.flatten(model(keras.Input(wanted[1:])))  # builds a subclassed one, too
    trainable = sum(math.prod(v.shape) for v in model.trainable_variables)
    every = sum(math.prod(v.shape) for v in weights.weight_variables(model))
    return {
        "outcome": "built",
        "shapes": [list(y.shape) for y in symbolic],
        "params": [trainable, every - trainable],
        "weights": dict(weights.weight_table(model)),
        "params_twice": None,
    }


def results(model: keras.Model, case: Case) -> Trial:
    """Returns a model's outputs on a random batch, and what training does to them.

    That is their spread over copies of one sample, and, where the case asks for it, the outputs for that
    sample and for another one beside the copies, the way that averages went, see `_way`, and how many of the
    copies differ where few features are left. The model's weights are changed.
    """
    shape = case.input_shape or ()
    outputs: list[np.ndarray] = []
    trial: Trial = {"noise": []}
    generator = np.random.default_rng(case.seed)
    if case.batch:
        x = case.mean + case.scale * generator.standard_normal((case.batch, *shape), dtype=np.float32)
        # As a user calls it: training=False would override a layer that always drops.
        outputs = _summed_over_groups(model, case, x) if case.groups_differ else _run(model, x)
    trial["outputs"] = [evidence.encode_array(y) for y in outputs]
    if case.noise_batch:
        samples = 1 + case.compare_training
        x = case.mean + case.scale * generator.standard_normal((samples, *shape), dtype=np.float32)
        x = np.repeat(x, [case.noise_batch, 1][:samples], axis=0)
        before = weights.averages(model)
        in_training = _run(model, x, training=True)
        trial["noise"] = [mean for y in in_training for mean in _spread(y[: case.noise_batch])]
        if case.compare_training:
            trial["way"] = evidence.encode_array(_way(before, weights.averages(model)))
            trial["trained"] = [evidence.encode_array(y[case.noise_batch - 1 :]) for y in in_training]
        if case.few_values:
            weights.keep_few_features(model, {y.shape[-1] for y in in_training})
            trial["values"] = [_count_values(y[: case.noise_batch]) for y in _run(model, x, training=True)]
    return trial


def _run(model: keras.Model, x: np.ndarray, **arguments: bool) -> list[np.ndarray]:
    y = model(keras.ops.convert_to_tensor(x), **arguments)
    return [keras.ops.convert_to_numpy(part).astype(np.float32) for part in keras.tree.flatten(y)]


def _summed_over_groups(model: keras.Model, case: Case, x: np.ndarray) -> list[np.ndarray]:
    """Outputs for equal groups of channels, summed over groups: a convolution by the sum of their kernels."""
    (layer,) = case.grouped
    channels = x.shape[-1] // layer.groups
    outputs = _run(model, np.tile(x[..., :channels], layer.groups))
    fits = all(y.shape[-1] == layer.filters for y in outputs)
    return [y.reshape(*y.shape[:-1], layer.groups, -1).sum(-2) for y in outputs] if fits else outputs


def _spread(y: np.ndarray) -> tuple[float, float]:
    """Standard deviation over the copies of one sample, in two means over all outputs; at most 1e9 each.

    The first is the root mean square, the second the square mean root. Dropped features make all logits
    scatter alike, and the means agree. Dropped logits scatter each in proportion to its size: as much as
    dropped features would in the first mean, and (E √|z|)² = 0.68 times as much, for a normally distributed
    z, in the second, which alone could be taken for another rate.
    """
    deviations = np.std(y.astype(np.float64), axis=0)
    means = float(np.sqrt(np.mean(deviations**2))), float(np.mean(np.sqrt(deviations)) ** 2)
    square, root = (mean if mean < 1e9 else 1e9 for mean in means)  # also where it is not finite
    return square, root


def _way(before: Averages, after: Averages) -> np.ndarray:
    """By how much averages changed, in an order that no answer decides: means first, then variances.

    Smaller normalizations come before larger ones. Those of one size are not told apart: of each channel the
    changes stand in ascending order.
    """
    parts = [np.empty(0, np.float32)]
    for kind, old in before.items():
        changes = [new - was for new, was in zip(after[kind], old, strict=True)]
        for size in sorted({len(change) for change in changes}):
            parts.append(np.sort([change for change in changes if len(change) == size], axis=0).reshape(-1))
    return np.concatenate(parts)


def _count_values(y: np.ndarray) -> int:
    """How many different values the copies of one sample have in the first output."""
    steps = np.diff(np.sort(y.reshape(len(y), -1)[:, 0].astype(np.float64)))
    return 1 + int(np.count_nonzero(steps > 1e-4 * np.abs(y).max()))  # less is rounding
