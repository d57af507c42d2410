# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    x = ops.mean(x, axis=[1, 2], keepdims=True)
    x = layers.Dropout(dropout_rate)(x)
    x = layers.Conv2D(classes, 1)(x)
    return layers.Flatten()(x)
