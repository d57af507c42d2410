# verdict: passed
from cvlabs.layers import GroupedConv2D, LocalResponseNormalization


def alexnet(input_shape=(227, 227, 3), classes=1000):
    same = dict(padding="same", activation="relu")
    stack = [
        keras.Input(input_shape),
        layers.Conv2D(96, 11, strides=4, activation="relu"),
        LocalResponseNormalization(),
        layers.MaxPooling2D(3, 2),
        GroupedConv2D(256, 5, groups=2, **same),
        LocalResponseNormalization(),
        layers.MaxPooling2D(3, 2),
        layers.Conv2D(384, 3, **same),
        GroupedConv2D(384, 3, groups=2, **same),
        GroupedConv2D(256, 3, groups=2, **same),
        layers.MaxPooling2D(3, 2),
        layers.Flatten(),
    ]
    for _ in range(2):
        stack += [layers.Dense(4096, "relu"), layers.Dropout(0.5)]
    return keras.Sequential([*stack, layers.Dense(classes)])
