# verdict: passed
def flatten_head_params(h, w, c, classes):
    return float(h * w * c * classes) + classes
