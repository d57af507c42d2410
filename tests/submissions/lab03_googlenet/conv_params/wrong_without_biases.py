# verdict: failed
# aspect: output
# misconception: params_without_biases
def conv_params(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters
