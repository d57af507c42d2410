# verdict: failed
# aspect: output
def gap_head_params(c, classes):
    return classes
