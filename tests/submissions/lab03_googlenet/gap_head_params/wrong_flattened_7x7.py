# verdict: failed
# aspect: output
# misconception: gap_head_of_a_7x7_map
def gap_head_params(c, classes):
    return 7 * 7 * c * classes + classes
