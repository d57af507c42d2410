# verdict: failed
# aspect: output
def gap_head(x, classes, dropout_rate=0.4):
    x = ops.sum(x, axis=(1, 2))
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
