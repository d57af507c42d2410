# verdict: failed
# aspect: call
def flatten_head_params(shape, classes):
    h, w, c = shape
    return h * w * c * classes + classes
