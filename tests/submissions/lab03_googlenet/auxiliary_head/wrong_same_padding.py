# verdict: failed
# aspect: params
# misconception: auxiliary_with_same_padding
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3, padding="same")(x)
    x = layers.Conv2D(128, 1, activation="relu")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(1024, activation="relu")(x)
    x = layers.Dropout(0.7)(x)
    return layers.Dense(classes)(x)
