# verdict: failed
# aspect: shape
def gap_head_params(c, classes):
    c * classes + classes
