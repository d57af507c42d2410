# verdict: passed
def auxiliary_head(x, classes):
    x = layers.AveragePooling2D(5, strides=3, name="aux_pool")(x)
    x = layers.Conv2D(128, 1, activation="relu", name="aux_conv")(x)
    x = layers.Flatten(name="aux_flatten")(x)
    x = layers.Dense(1024, activation="relu", name="aux_hidden")(x)
    x = layers.Dropout(0.7, name="aux_dropout")(x)
    return layers.Dense(classes, name="aux_logits")(x)
