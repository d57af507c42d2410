# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    height, width = x.shape[1], x.shape[2]
    x = layers.AveragePooling2D((height, width))(x)
    x = layers.Reshape((-1,))(x)
    x = layers.Dropout(rate=dropout_rate)(x)
    return layers.Dense(units=classes, activation="linear")(x)
