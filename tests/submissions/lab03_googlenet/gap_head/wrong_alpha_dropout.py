# verdict: failed
# aspect: training
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.AlphaDropout(dropout_rate)(layers.GlobalAveragePooling2D()(x))
    return layers.Dense(classes)(x)
