# verdict: failed
# aspect: output
# misconception: gap_head_with_input_biases
def gap_head_params(c, classes):
    return c * classes + c
