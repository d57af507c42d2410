# verdict: failed
# aspect: call
def bottleneck_block(x, filters, strides=1):
    raise NotImplementedError()
