# verdict: failed
# aspect: call
def plain_block(x, filters, strides=1):
    raise NotImplementedError()
