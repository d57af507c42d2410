# verdict: failed
# aspect: call
pool = layers.AveragePooling2D(5, strides=3)
conv = layers.Conv2D(128, 1, activation="relu")
flatten = layers.Flatten()
hidden = layers.Dense(1024, activation="relu")
dropout = layers.Dropout(0.7)


def auxiliary_head(x, classes):
    return layers.Dense(classes)(dropout(hidden(flatten(conv(pool(x))))))
