# verdict: failed
# aspect: output
def flatten_head_params(h, w, c, classes):
    hidden = 4096
    return h * w * c * hidden + hidden + hidden * classes + classes
