# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    x = ops.mean(ops.mean(x, axis=1), axis=1)
    x = layers.Dropout(dropout_rate, seed=1)(x)
    return layers.Activation("linear")(layers.Dense(classes, kernel_initializer="he_normal")(x))
