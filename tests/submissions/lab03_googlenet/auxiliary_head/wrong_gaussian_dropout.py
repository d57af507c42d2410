# verdict: failed
# aspect: training
# misconception: auxiliary_with_gaussian_dropout
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Flatten()(layers.Conv2D(128, 1, activation="relu")(x))
    x = layers.GaussianDropout(0.7)(layers.Dense(1024, activation="relu")(x))
    return layers.Dense(classes)(x)
