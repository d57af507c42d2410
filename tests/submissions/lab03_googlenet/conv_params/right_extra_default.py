# verdict: passed
def conv_params(kernel_size, in_channels, filters, use_bias=True):
    params = filters * in_channels * kernel_size**2
    return params + filters if use_bias else params
