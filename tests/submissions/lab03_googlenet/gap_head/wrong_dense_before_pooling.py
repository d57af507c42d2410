# verdict: failed
# aspect: training
def gap_head(x, classes, dropout_rate=0.4):
    # the same without dropout, because both are linear
    x = layers.Dense(classes)(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.GlobalAveragePooling2D()(x)
