# verdict: failed
# aspect: call
def gap_head(x, classes, dropout_rate=0.4):
    raise NotImplementedError
