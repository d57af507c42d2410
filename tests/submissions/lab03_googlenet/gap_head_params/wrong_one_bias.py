# verdict: failed
# aspect: output
# misconception: gap_head_with_one_bias
def gap_head_params(c, classes):
    return c * classes + 1
