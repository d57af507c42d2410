"""Grouped convolution."""

import keras


@keras.saving.register_keras_serializable(package="cvlabs")
class GroupedConv2D(keras.layers.Conv2D):
    """Keras' `Conv2D` with `groups`, with the same arguments, weights and results."""
