# verdict: failed
# aspect: output
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Flatten()(layers.Conv2D(128, 1, activation="relu6")(x))
    x = layers.Dropout(0.7)(layers.Dense(1024, activation="relu6")(x))
    return layers.Dense(classes)(x)
