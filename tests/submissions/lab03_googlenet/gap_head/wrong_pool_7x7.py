# verdict: failed
# aspect: call
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.AveragePooling2D(7)(x)
    x = layers.Reshape((1024,))(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
