# verdict: passed
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Conv2D(128, 1)(x)
    x = keras.activations.relu(layers.Flatten()(x))
    x = layers.Dense(1024)(x)
    x = layers.Dropout(1 - 0.3)(x)
    x = keras.activations.relu(x)
    return layers.Dense(classes)(x)
