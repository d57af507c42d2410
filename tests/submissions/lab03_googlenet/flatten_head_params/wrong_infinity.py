# verdict: failed
# aspect: shape
def flatten_head_params(h, w, c, classes):
    return float("inf")
