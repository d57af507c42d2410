# verdict: passed
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Conv2D(128, 1, activation="relu")(x)
    x = layers.Conv2D(1024, x.shape[1:3], activation="relu")(x)
    x = layers.Dropout(0.7)(x)
    return layers.Flatten()(layers.Conv2D(classes, 1)(x))
