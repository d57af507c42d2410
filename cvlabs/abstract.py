"""Networks without weights: their shapes and counts, in a fraction of the time and without the memory."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras
from keras.src.backend.common import global_state  # the list of variables that wait has no public name

_WAITING = "uninitialized_variables"


@contextmanager
def abstract() -> Iterator[None]:
    """Within the `with` statement layers make variables that have a shape and never get a value.

    `keras.StatelessScope` alone makes such variables too, but gives them their values when it ends, or when
    the next one does: here they are struck off that list.

    Example:
        >>> with abstract():
        ...     layer = keras.layers.Dense(1000)
        ...     layer.build((None, 25_088))
        >>> layer.count_params()
        25089000
    """
    waiting = list(global_state.get_global_attribute(_WAITING) or [])
    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        global_state.set_global_attribute(_WAITING, waiting)
