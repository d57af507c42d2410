# verdict: passed
def auxiliary_head(x, classes):
    x = layers.AvgPool2D((5, 5), (3, 3), "valid")(x)
    x = layers.Dense(128)(x)
    x = layers.ReLU()(x)
    x = layers.Reshape((-1,))(x)
    x = layers.Dense(1024)(x)
    x = layers.ReLU()(x)
    x = layers.Dropout(0.7)(x)
    return layers.Dense(classes)(x)
