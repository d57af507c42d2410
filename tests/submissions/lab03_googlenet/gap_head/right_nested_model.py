# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    inputs = keras.Input(x.shape[1:])
    y = layers.GlobalAveragePooling2D()(inputs)
    y = layers.Dropout(dropout_rate)(y)
    y = layers.Dense(classes)(y)
    return keras.Model(inputs, y, name="head")(x)
