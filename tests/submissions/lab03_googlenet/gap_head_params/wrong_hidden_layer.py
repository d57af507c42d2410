# verdict: failed
# aspect: output
def gap_head_params(c, classes):
    return c * c + c + c * classes + classes
