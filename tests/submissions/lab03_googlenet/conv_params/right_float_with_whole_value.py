# verdict: passed
def conv_params(kernel_size, in_channels, filters):
    return filters * (1.0 + in_channels * pow(kernel_size, 2.0))
