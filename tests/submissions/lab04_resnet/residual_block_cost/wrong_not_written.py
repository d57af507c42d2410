# verdict: failed
# aspect: call
def residual_block_cost(size, in_channels, filters, strides):
    raise NotImplementedError()
