"""Networks with the channels last, whatever Keras' setting is."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras


@contextmanager
def channels_last() -> Iterator[None]:
    """Within the `with` statement, or in a function that it decorates, new layers have the channels last.

    `keras.json` or `keras.config.set_image_data_format` may say otherwise; our networks are written for
    features N×H×W×C, and layers keep the format that they were made with.
    """
    before = keras.config.image_data_format()
    keras.config.set_image_data_format("channels_last")
    try:
        yield
    finally:
        keras.config.set_image_data_format(before)
