# verdict: failed
# aspect: training
# misconception: gap_head_dropping_the_rest
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(1 - dropout_rate)(x)
    return layers.Dense(classes)(x)
