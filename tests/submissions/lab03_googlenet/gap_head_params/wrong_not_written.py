# verdict: failed
# aspect: call
def gap_head_params(c, classes):
    raise NotImplementedError
