# verdict: failed
# aspect: output
# misconception: flatten_head_of_one_channel
def flatten_head_params(h, w, c, classes):
    return h * w * classes + classes
