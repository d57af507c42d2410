# verdict: failed
# aspect: output
def flatten_head_params(h, w, c, classes):
    return 2 * h * w * c * classes + classes
