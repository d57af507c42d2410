# verdict: passed
gap_head = lambda x, classes, dropout_rate=0.4: layers.Dense(classes)(
    layers.Dropout(dropout_rate)(layers.Lambda(lambda t: ops.mean(t, axis=(1, 2)))(x))
)
