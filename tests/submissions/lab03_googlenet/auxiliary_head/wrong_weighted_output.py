# verdict: failed
# aspect: output
def auxiliary_head(x, classes):
    # 0.3 is the weight of the auxiliary loss
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Conv2D(128, 1, activation="relu")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(1024, activation="relu")(x)
    x = layers.Dropout(0.7)(x)
    return 0.3 * layers.Dense(classes)(x)
