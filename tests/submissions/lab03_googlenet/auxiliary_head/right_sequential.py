# verdict: passed
def auxiliary_head(x, classes):
    return keras.Sequential(
        [
            layers.AveragePooling2D(5, strides=3),
            layers.Conv2D(128, 1, activation="relu"),
            layers.Flatten(),
            layers.Dense(1024, activation="relu"),
            layers.Dropout(0.7),
            layers.Dense(classes),
        ]
    )(x)
