# verdict: failed
# aspect: training
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.GaussianNoise(dropout_rate)(x)
    return layers.Dense(classes)(x)
