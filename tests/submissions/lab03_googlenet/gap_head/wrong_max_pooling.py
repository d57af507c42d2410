# verdict: failed
# aspect: output
# misconception: gap_head_that_takes_the_maximum
def gap_head(x, classes, dropout_rate=0.4):
    x = ops.max(x, axis=(1, 2))
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
