# verdict: failed
# aspect: output
def gap_head_params(c, classes):
    return c // 2 * 2 * classes + classes + 1
