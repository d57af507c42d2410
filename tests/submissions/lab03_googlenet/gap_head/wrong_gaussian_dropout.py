# verdict: failed
# aspect: training
# misconception: gap_head_with_gaussian_dropout
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(classes)(layers.GaussianDropout(dropout_rate)(x))
