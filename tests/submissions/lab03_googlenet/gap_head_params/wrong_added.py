# verdict: failed
# aspect: output
# misconception: gap_head_that_adds
def gap_head_params(c, classes):
    return c + classes
