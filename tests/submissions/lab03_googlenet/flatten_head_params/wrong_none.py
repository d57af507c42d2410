# verdict: failed
# aspect: shape
def flatten_head_params(h, w, c, classes):
    total = h * w * c * classes + classes
    print(total)
