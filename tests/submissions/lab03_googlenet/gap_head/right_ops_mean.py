# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    features = ops.mean(x, axis=(1, 2))
    return layers.Dense(classes)(layers.Dropout(dropout_rate)(features))
