# verdict: failed
# aspect: output
# misconception: flatten_head_of_a_square_map
def flatten_head_params(h, w, c, classes):
    return h**2 * c * classes + classes
