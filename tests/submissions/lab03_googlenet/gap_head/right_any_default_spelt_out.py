# verdict: passed
def gap_head(x, classes, dropout_rate=2 / 5, name=None):
    pooled = layers.GlobalAveragePooling2D(data_format="channels_last")(x)
    dropped = layers.Dropout(dropout_rate)(pooled)
    return layers.Dense(classes, name=name)(dropped)
