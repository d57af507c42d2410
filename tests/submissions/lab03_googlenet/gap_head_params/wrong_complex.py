# verdict: failed
# aspect: shape
def gap_head_params(c, classes):
    return complex(c * classes + classes)
