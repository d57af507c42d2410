# verdict: failed
# aspect: output
def gap_head_params(c, classes):
    return (c + 1) * (classes + 1)
