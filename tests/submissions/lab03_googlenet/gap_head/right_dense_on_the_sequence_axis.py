# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.Reshape((-1, x.shape[-1]))(x)
    x = layers.GlobalAveragePooling1D()(x)
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(x))
