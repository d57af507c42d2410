# verdict: passed
def auxiliary_head(x, classes):
    x = ops.average_pool(x, 5, strides=3, padding="valid")
    x = ops.relu(layers.Conv2D(128, (1, 1))(x))
    x = ops.reshape(x, (-1, x.shape[1] * x.shape[2] * x.shape[3]))
    x = ops.relu(layers.Dense(1024)(x))
    x = layers.Dropout(0.7)(x)
    return layers.Dense(classes)(x)
