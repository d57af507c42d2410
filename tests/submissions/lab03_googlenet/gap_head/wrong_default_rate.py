# verdict: failed
# aspect: training
# misconception: gap_head_dropping_half
def gap_head(x, classes, dropout_rate=0.5):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
