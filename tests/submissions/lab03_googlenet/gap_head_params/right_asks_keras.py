# verdict: passed
def gap_head_params(c, classes):
    head = keras.Sequential([layers.GlobalAveragePooling2D(), layers.Dense(classes)])
    head.build((None, 7, 7, c))
    return head.count_params()
