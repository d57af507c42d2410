# verdict: failed
# aspect: params
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.Flatten()(ops.mean(x, axis=-1))
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
