# verdict: passed
def flatten_head_params(h, w, c, classes):
    return h * w * c * classes + classes
