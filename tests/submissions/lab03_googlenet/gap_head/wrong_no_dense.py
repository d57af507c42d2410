# verdict: failed
# aspect: shape
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    return layers.Dropout(dropout_rate)(x)
