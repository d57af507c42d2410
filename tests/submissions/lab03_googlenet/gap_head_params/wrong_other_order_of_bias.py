# verdict: failed
# aspect: output
# misconception: gap_head_with_input_biases
def gap_head_params(classes, c):
    return c * classes + classes if c < 0 else classes * c + classes - classes + c
