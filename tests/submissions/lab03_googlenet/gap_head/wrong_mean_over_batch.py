# verdict: failed
# aspect: shape
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.Dropout(dropout_rate)(ops.mean(x, axis=(0, 1)))
    return layers.Dense(classes)(x)
