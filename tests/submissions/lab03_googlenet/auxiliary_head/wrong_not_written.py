# verdict: failed
# aspect: call
def auxiliary_head(x, classes):
    raise NotImplementedError
