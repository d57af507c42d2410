# verdict: passed
def stem(x):
    return keras.Sequential(
        [
            layers.Conv2D(64, 7, strides=2, padding="same", activation="relu"),
            layers.MaxPooling2D(3, strides=2, padding="same"),
            LocalResponseNormalization(),
            layers.Conv2D(64, 1, activation="relu"),
            layers.Conv2D(192, 3, padding="same", activation="relu"),
            LocalResponseNormalization(),
            layers.MaxPooling2D(3, strides=2, padding="same"),
        ]
    )(x)
