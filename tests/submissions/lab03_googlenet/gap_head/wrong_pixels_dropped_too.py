# verdict: failed
# aspect: training
# misconception: gap_head_with_gaussian_dropout
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(layers.Dropout(dropout_rate)(x))
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(x))
