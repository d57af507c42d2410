# verdict: failed
# aspect: output
# misconception: params_with_input_biases
def conv_params(kernel_size, in_channels, filters):
    weights = kernel_size**2 * in_channels * filters
    biases = in_channels
    return weights + biases
