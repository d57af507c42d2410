# verdict: failed
# aspect: output
# misconception: gap_head_with_a_relu_before
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.ReLU()(layers.GlobalAveragePooling2D()(x))
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
