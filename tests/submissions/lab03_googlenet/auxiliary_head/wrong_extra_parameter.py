# verdict: failed
# aspect: call
def auxiliary_head(x, name, classes):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Flatten()(layers.Conv2D(128, 1, activation="relu")(x))
    x = layers.Dropout(0.7)(layers.Dense(1024, activation="relu")(x))
    return layers.Dense(classes, name=name)(x)
