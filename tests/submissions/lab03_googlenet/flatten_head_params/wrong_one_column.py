# verdict: failed
# aspect: output
# misconception: flatten_head_of_one_column
def flatten_head_params(h, w, c, classes):
    return h * c * classes + classes
