# verdict: failed
# aspect: params
# misconception: gap_head_that_flattens
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.Flatten()(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
