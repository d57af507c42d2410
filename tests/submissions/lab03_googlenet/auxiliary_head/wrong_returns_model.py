# verdict: failed
# aspect: shape
def auxiliary_head(x, classes):
    y = layers.AveragePooling2D(5, strides=3)(x)
    y = layers.Conv2D(128, 1, activation="relu")(y)
    y = layers.Flatten()(y)
    y = layers.Dense(1024, activation="relu")(y)
    y = layers.Dropout(0.7)(y)
    return keras.Model(x, layers.Dense(classes)(y))
