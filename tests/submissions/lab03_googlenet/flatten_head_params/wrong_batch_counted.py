# verdict: failed
# aspect: output
def flatten_head_params(h, w, c, classes):
    return 32 * h * w * c * classes + classes
