# verdict: failed
# aspect: output
# misconception: gap_head_of_a_fixed_window
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.Flatten()(layers.AveragePooling2D(7)(x))
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(x))
