"""A small task and small networks, for trainings of a second."""

import keras
import numpy as np
from keras import layers


def images(count=96, classes=3, seed=0):
    """Noise with a tint by class: uint8 images of 8×8, and their labels."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    pixels = rng.normal(128, 30, (count, 8, 8, 3))
    pixels[np.arange(count), :, :, labels % 3] += 40
    return pixels.clip(0, 255).astype("uint8"), labels


def network(classes=3, dropout=0.3, norm=True, seed=0):
    """A convolution, normalization, dropout and logits; its weights and dropout by seed."""
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((8, 8, 3), name="image")
    x = layers.Conv2D(8, 3, padding="same", name="conv")(inputs)
    if norm:
        x = layers.BatchNormalization(name="bn")(x)
    x = layers.ReLU(name="relu")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    if dropout:
        x = layers.Dropout(dropout, name="dropout")(x)
    return keras.Model(inputs, layers.Dense(classes, name="logits")(x), name="small")
