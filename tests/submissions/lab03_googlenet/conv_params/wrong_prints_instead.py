# verdict: failed
# aspect: shape
def conv_params(kernel_size, in_channels, filters):
    print(kernel_size**2 * in_channels * filters + filters)
