# verdict: failed
# aspect: call
def gap_head_params(c, classes):
    assert c == 1024, "only for GoogLeNet"
    return c * classes + classes
