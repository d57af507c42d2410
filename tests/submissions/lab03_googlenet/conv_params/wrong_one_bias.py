# verdict: failed
# aspect: output
# misconception: params_with_one_bias
def conv_params(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters + 1
