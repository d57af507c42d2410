# verdict: failed
# aspect: params
# misconception: auxiliary_without_hidden_layer
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Conv2D(128, 1, activation="relu")(x)
    x = layers.Dropout(0.7)(layers.Flatten()(x))
    return layers.Dense(classes)(x)
