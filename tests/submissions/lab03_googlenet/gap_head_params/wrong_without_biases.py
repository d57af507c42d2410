# verdict: failed
# aspect: output
# misconception: gap_head_without_biases
def gap_head_params(c, classes):
    return c * classes
