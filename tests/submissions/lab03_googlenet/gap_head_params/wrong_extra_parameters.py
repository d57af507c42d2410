# verdict: failed
# aspect: call
def gap_head_params(h, w, c, classes):
    return c * classes + classes
