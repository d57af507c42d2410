# verdict: passed
from functools import reduce


def zfnet(input_shape=(224, 224, 3), classes=1000):
    inputs = keras.Input(shape=tuple(input_shape))
    conv = lambda f, k, s=1, p="same": layers.Conv2D(f, k, strides=s, padding=p, activation="relu")
    head = lambda: [layers.Dense(4096, activation="relu"), layers.Dropout(0.5)]
    steps = [
        layers.ZeroPadding2D(),
        conv(96, 7, 2, "valid"),
        local_response_norm,
        layers.MaxPool2D(3, 2, "same"),
        conv(256, 5, 2, "valid"),
        local_response_norm,
        layers.MaxPool2D(3, 2, "same"),
        conv(384, 3),
        conv(384, 3),
        conv(256, 3),
        layers.MaxPool2D(3, 2),
        layers.Flatten(),
        *head(),
        *head(),
        layers.Dense(classes),
    ]
    return keras.Model(inputs, reduce(lambda x, f: f(x), steps, inputs))
