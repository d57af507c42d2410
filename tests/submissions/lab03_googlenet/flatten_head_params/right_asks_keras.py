# verdict: passed
def flatten_head_params(h, w, c, classes):
    head = keras.Sequential([keras.Input((h, w, c)), layers.Flatten(), layers.Dense(classes)])
    return head.count_params()
