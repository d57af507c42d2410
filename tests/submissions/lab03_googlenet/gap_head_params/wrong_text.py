# verdict: failed
# aspect: shape
def gap_head_params(c, classes):
    return str(c * classes + classes)
