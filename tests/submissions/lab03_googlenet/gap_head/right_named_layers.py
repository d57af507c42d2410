# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D(name="gap")(x)
    x = layers.Dropout(dropout_rate, name="dropout")(x)
    return layers.Dense(classes, name="logits")(x)
