# verdict: failed
# aspect: call
def bottleneck_cost(size, in_channels, filters, strides):
    raise NotImplementedError()
