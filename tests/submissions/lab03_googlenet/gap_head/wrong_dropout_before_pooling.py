# verdict: failed
# aspect: training
# misconception: gap_head_dropping_pixels
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.Dropout(dropout_rate)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(classes)(x)
