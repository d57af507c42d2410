"""What happens between the batches of Keras' loops: a function of ours, and the user's callbacks."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import keras


class Hooks(keras.callbacks.CallbackList):
    """Calls a function after each batch; unlike Keras' own it does not wait for the batch's numbers first.

    Args:
        after_batch: Called with the number of the batch and the metrics so far.
        callbacks: Callbacks of the user, which get the numbers.
        model: The model that runs.
    """

    def __init__(
        self,
        after_batch: Callable[[int, dict[str, Any]], None],
        callbacks: keras.callbacks.CallbackList | None,
        model: keras.Model,
    ) -> None:
        super().__init__(add_history=True, model=model)
        self._after_batch = after_batch
        self._user = callbacks

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Passes it on."""
        if self._user:
            self._user.on_train_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Calls the function, and passes it on."""
        self._after_batch(batch, logs)
        if self._user:
            self._user.on_train_batch_end(batch, logs)

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Does nothing: tests are not the user's."""

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        """Calls the function."""
        self._after_batch(batch, logs)


@contextmanager
def ending_unannounced() -> Iterator[None]:
    """Keras takes the end of a Python iterator, which has no length, for a surprise and warns."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Your input ran out of data", UserWarning)
        yield
