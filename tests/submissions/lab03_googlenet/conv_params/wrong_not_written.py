# verdict: failed
# aspect: call
def conv_params(kernel_size, in_channels, filters):
    raise NotImplementedError
