"""An average of the weights over the steps, which often does better than the last weights.

The optimizer keeps it, beside the weights that go on training. A batch normalization's statistics belong to
the weights that they were taken with; so for averaged weights they are taken anew.

Reference: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992; the exponential
form is of Szegedy et al., CVPR 2016, section 8; new statistics are of Izmailov et al., "Averaging Weights
Leads to Wider Optima and Better Generalization", UAI 2018, section 3.2.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import keras

_BATCHES = 20  # that statistics are taken from


@contextmanager
def averaged(model: keras.Model, batches: Callable[[], Iterable[Any]]) -> Iterator[None]:
    """Within the `with` statement a compiled model has its averaged weights, where it keeps an average.

    Args:
        model: The model.
        batches: Gives batches of the training data, for the statistics of normalizations.
    """
    if not keeps_average(model):
        yield
        return
    before = [(v, keras.ops.convert_to_numpy(v)) for v in model.variables]
    settle(model, batches)
    try:
        yield
    finally:
        for variable, value in before:
            variable.assign(value)


def settle(model: keras.Model, batches: Callable[[], Iterable[Any]]) -> None:
    """Gives a compiled model its averaged weights for good, where it keeps an average; see `averaged`."""
    if not keeps_average(model):
        return
    optimizer = _inner(model)
    averages = optimizer._model_variables_moving_average
    for variable, value in zip(optimizer._trainable_variables, averages, strict=True):
        variable.assign(keras.ops.convert_to_numpy(value))
    _take_statistics(model, batches)


def keeps_average(model: keras.Model) -> bool:
    """Whether a compiled model's optimizer has an average of some steps."""
    optimizer = _inner(model)
    return bool(optimizer.use_ema) and int(optimizer.iterations) > 0


def _inner(model: keras.Model) -> Any:
    return getattr(model.optimizer, "inner_optimizer", model.optimizer)


def _take_statistics(model: keras.Model, batches: Callable[[], Iterable[Any]]) -> None:
    """Takes the running statistics of all normalizations anew: their mean over some batches."""
    kind = keras.layers.BatchNormalization
    found = [x for x in model._flatten_layers(include_self=False) if isinstance(x, kind) and x.trainable]
    momenta = [layer.momentum for layer in found]
    if not found:
        return
    try:
        for i, (images, _) in enumerate(itertools.islice(batches(), _BATCHES)):
            for layer in found:
                layer.momentum = i / (i + 1)
            model(images, training=True)
    finally:
        for layer, momentum in zip(found, momenta, strict=True):
            layer.momentum = momentum
