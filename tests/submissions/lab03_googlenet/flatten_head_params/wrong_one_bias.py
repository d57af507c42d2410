# verdict: failed
# aspect: output
# misconception: flatten_head_with_one_bias
def flatten_head_params(h, w, c, classes):
    return h * w * c * classes + 1
