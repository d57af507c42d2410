# verdict: failed
# aspect: output
# misconception: flatten_head_that_adds_sides
def flatten_head_params(h, w, c, classes):
    return (h + w + c) * classes + classes
