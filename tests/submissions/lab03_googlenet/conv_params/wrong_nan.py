# verdict: failed
# aspect: shape
def conv_params(kernel_size, in_channels, filters):
    return float("nan")
