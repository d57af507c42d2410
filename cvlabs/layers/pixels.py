"""Images as they come in, before anything is computed with them."""

from typing import Any

import keras
import numpy as np


@keras.saving.register_keras_serializable(package="cvlabs")
class Pixels(keras.layers.Rescaling):
    """Keras' `Rescaling`, which works in `tf.data` on every backend, for images with their colors last.

    Raises:
        ValueError: The images are neither N×H×W×3 nor H×W×3, nor grey ones with 1 in place of 3.
    """

    def call(self, inputs: Any) -> Any:
        """Rescales the images."""
        if not hasattr(inputs, "shape"):  # one of Pillow's, or lists
            inputs = np.asarray(inputs)
        shape = tuple(inputs.shape)
        if len(shape) not in (3, 4) or shape[-1] not in (1, 3, None):
            remedy = "; images[..., :3] leaves out the transparency" if shape[-1:] == (4,) else ""
            raise ValueError(f"Expected color images N×H×W×3 or H×W×3, got the shape {shape}{remedy}.")
        return super().call(inputs)
