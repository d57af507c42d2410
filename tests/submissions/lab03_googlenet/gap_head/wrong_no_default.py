# verdict: failed
# aspect: call
def gap_head(x, classes, dropout_rate):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
