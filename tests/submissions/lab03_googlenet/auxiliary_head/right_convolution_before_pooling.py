# verdict: passed
def auxiliary_head(x, classes):
    # a linear 1×1 convolution and an average can change places; the ReLU stays behind both
    x = layers.Conv2D(128, 1)(x)
    x = ops.relu(layers.AveragePooling2D(5, strides=3)(x))
    x = layers.Dense(1024, activation="relu")(layers.Flatten()(x))
    return layers.Dense(classes)(layers.Dropout(0.7)(x))
