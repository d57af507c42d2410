# verdict: passed
auxiliary_head = lambda x, classes: layers.Dense(classes)(
    layers.Dropout(0.7)(
        layers.Dense(1024, "relu")(
            layers.Flatten()(
                layers.Conv2D(128, 1, activation="relu")(layers.AveragePooling2D(5, strides=3)(x))
            )
        )
    )
)
