# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.SpatialDropout2D(dropout_rate)(x)
    return layers.Dense(classes)(layers.Flatten()(x))
