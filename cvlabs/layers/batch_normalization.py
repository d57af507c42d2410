"""Batch normalization."""

import keras


@keras.saving.register_keras_serializable(package="cvlabs")
class BatchNormalization(keras.layers.BatchNormalization):
    """Keras' layer, with the same arguments, weights and results."""
