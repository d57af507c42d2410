# verdict: failed
# aspect: output
# misconception: flatten_head_with_input_biases
def flatten_head_params(h, w, c, classes):
    return h * w * c * (classes + 1)
