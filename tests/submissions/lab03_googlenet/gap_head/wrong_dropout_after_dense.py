# verdict: failed
# aspect: training
# misconception: gap_head_dropping_logits
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(classes)(x)
    return layers.Dropout(dropout_rate)(x)
