# verdict: failed
# aspect: output
# misconception: params_with_divided_biases
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return (kernel_size**2 * in_channels * filters + use_bias * filters) // groups
