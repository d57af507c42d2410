# verdict: failed
# aspect: call
def residual_block(x, filters, strides=1):
    raise NotImplementedError()
