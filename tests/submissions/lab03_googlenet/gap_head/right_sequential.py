# verdict: passed
def gap_head(x, classes, dropout_rate=0.4):
    head = keras.Sequential()
    head.add(layers.GlobalAvgPool2D())
    head.add(layers.Dropout(dropout_rate))
    head.add(layers.Dense(classes))
    return head(x)
