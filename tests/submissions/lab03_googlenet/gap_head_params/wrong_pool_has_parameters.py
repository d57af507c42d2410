# verdict: failed
# aspect: output
# misconception: gap_head_that_learns_to_average
def gap_head_params(c, classes):
    pooling = c
    dense = c * classes + classes
    return pooling + dense
