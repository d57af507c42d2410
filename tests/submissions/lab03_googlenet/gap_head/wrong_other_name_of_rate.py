# verdict: failed
# aspect: call
def gap_head(x, classes, rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(rate)(x)
    return layers.Dense(classes)(x)
