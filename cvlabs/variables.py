"""Variables apart from their values: networks without any, or with values that come later and faster.

A layer draws the initial value of each variable when it is built. That is time and memory lost where only
shapes are of interest, or where the values come from a file; and backends draw slowly: JAX compiles every
drawing first, for each shape anew. Here the variables of a network are made first, and get their values
afterwards, from NumPy.
"""

import functools
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec

import keras
import numpy as np
from keras import initializers

# These have no public names.
from keras.src.backend.common import global_state
from keras.src.backend.common.stateless_scope import in_stateless_scope
from keras.src.initializers.random_initializers import compute_fans
from keras.src.random.seed_generator import GLOBAL_SEED_GENERATOR

from cvlabs.layers.channels_last import channels_last

Array = Any  # numpy.ndarray
P = ParamSpec("P")

_WAITING = "uninitialized_variables"
_PORTION = 1 << 16  # values that stay in the cache while they are drawn and scaled


class Made(list[keras.Variable]):
    """Variables without values. What reads them, to infer a shape, reads zeros.

    Keras would draw initial values for it, again for each reading: for a layer that is called inside of
    another one, which is then traced, that takes as long as the rest of its network.
    """

    asked = False
    """Whether a value was read or assigned. Otherwise all went as it would have with values."""

    def append(self, variable: keras.Variable) -> None:
        """Takes a variable that Keras would give its value later."""
        if isinstance(variable._initializer, initializers.Initializer):
            variable._initializer = _Zeros(variable._initializer, self)
        super().append(variable)

    def _end(self) -> None:
        for variable in self:
            if isinstance(variable._initializer, _Zeros):
                variable._initializer = variable._initializer.instead_of


@dataclass(frozen=True)
class _Zeros:
    instead_of: initializers.Initializer
    made: Made

    def __call__(self, shape: tuple[int, ...], dtype: str | None = None) -> Any:
        self.made.asked = True
        if keras.backend.backend() == "tensorflow":
            import tensorflow as tf

            if not tf.executing_eagerly():  # but tracing, where zeros would take ten times as long
                return tf.raw_ops.Placeholder(dtype=tf.as_dtype(dtype or keras.config.floatx()), shape=shape)
        return keras.ops.zeros(shape, dtype)


class _Watched(keras.StatelessScope):
    def __init__(self, made: Made) -> None:
        super().__init__(initialize_variables=False)
        self._made = made

    def add_update(self, update: tuple[keras.Variable, Any]) -> None:
        self._made.asked = True
        super().add_update(update)

    def get_current_value(self, variable: keras.Variable) -> Any:
        self._made.asked = True
        return super().get_current_value(variable)


@contextmanager
def abstract() -> Iterator[Made]:
    """Within the `with` statement layers make variables that have a shape and no value.

    `keras.StatelessScope` alone makes such variables too, but gives them their values when it ends, or when
    the next one does: here they are struck off that list. Only Keras' own random generator gets its state,
    which whatever draws without a generator of its own uses later.

    Yields:
        The variables that were made so far, those included that belong to no layer.

    Example:
        >>> with abstract():
        ...     layer = keras.layers.Dense(1000)
        ...     layer.build((None, 25_088))
        >>> layer.count_params()
        25089000
    """
    waiting = global_state.get_global_attribute(_WAITING)
    made = Made()
    global_state.set_global_attribute(_WAITING, made)
    try:
        with _Watched(made):
            yield made
    finally:
        global_state.set_global_attribute(_WAITING, waiting)
        made._end()
        generator = global_state.get_global_attribute(GLOBAL_SEED_GENERATOR)
        if generator is not None and not in_stateless_scope():
            initialize([generator.state])


def initialize(variables: Iterable[keras.Variable]) -> None:
    """Gives the variables that have no value the values of their initializers.

    NumPy draws those that it can: of the same distribution and from the initializer's seed, though not the
    numbers that the backend would draw. So a seed gives the same values on every backend.
    """
    for variable in variables:
        if has_value(variable):
            continue
        value = _drawn(variable._initializer, variable.shape)
        if value is None:
            variable._deferred_initialize()
        else:
            set_value(variable, value)


def has_value(variable: keras.Variable) -> bool:
    """Whether a variable has got a value yet."""
    return variable._value is not None


def follow_variables(model: keras.Model | keras.Layer) -> None:
    """Has layers that compute with something made of their variables make it anew.

    `keras.layers.Normalization` goes on with its old mean and variance where only the variables were set.
    """
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()


def set_value(variable: keras.Variable, value: Array) -> None:
    """Assigns a value to a variable, or gives it its first one."""
    if has_value(variable):
        variable.assign(value)
    else:
        variable._initialize(keras.ops.convert_to_tensor(value, variable.dtype))
        variable._initializer = None


def values_last(builder: Callable[P, keras.Model]) -> Callable[P, keras.Model]:
    """Decorates a builder so that the variables of its network get their values at its end, from NumPy.

    Its layers have the channels last, whatever Keras' setting is.
    """

    @functools.wraps(builder)
    @channels_last()
    def build(*args: P.args, **kwargs: P.kwargs) -> keras.Model:
        if in_stateless_scope():  # of somebody who wants no values, or later
            return builder(*args, **kwargs)
        with abstract():
            model = builder(*args, **kwargs)
        initialize(model.variables)
        return model

    return build


def _drawn(initializer: Any, shape: tuple[int, ...]) -> Array | None:
    """Returns the value of a constant or uniformly distributed initializer of Keras, `None` for others."""
    if type(initializer) in (initializers.Zeros, initializers.Ones):
        return np.full(shape, float(type(initializer) is initializers.Ones), "float32")
    scaling = initializers.VarianceScaling
    if not isinstance(initializer, scaling) or type(initializer).__call__ is not scaling.__call__:
        return None
    if initializer.distribution != "uniform" or not isinstance(initializer.seed, int):
        return None
    inputs, outputs = compute_fans(
        shape, input_axes=initializer.input_axes, output_axes=initializer.output_axes
    )
    fans = {"fan_in": inputs, "fan_out": outputs, "fan_avg": (inputs + outputs) / 2}
    limit = math.sqrt(3 * initializer.scale / max(1, fans[initializer.mode]))
    generator = np.random.Generator(np.random.SFC64(initializer.seed))
    values = np.empty(math.prod(shape), "float32")
    for start in range(0, values.size, _PORTION):
        portion = values[start : start + _PORTION]
        generator.random(out=portion, dtype="float32")
        portion -= 0.5
        portion *= 2 * limit
    return values.reshape(shape)
