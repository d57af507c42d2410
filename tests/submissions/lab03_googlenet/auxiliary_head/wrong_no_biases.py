# verdict: failed
# aspect: params
# misconception: auxiliary_without_biases
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Conv2D(128, 1, activation="relu", use_bias=False)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(1024, activation="relu", use_bias=False)(x)
    x = layers.Dropout(0.7)(x)
    return layers.Dense(classes, use_bias=False)(x)
