# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
