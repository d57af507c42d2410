# verdict: failed
# aspect: call
def flatten_head_params(h, w, c, classes):
    raise NotImplementedError
