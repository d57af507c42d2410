# verdict: failed
# aspect: output
# misconception: flatten_head_that_averages
def flatten_head_params(h, w, c, classes):
    return c * classes + classes
