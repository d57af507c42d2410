# verdict: failed
# aspect: output
def gap_head_params(c, classes=1000):
    return c * 1000 + 1000
