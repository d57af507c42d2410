# verdict: failed
# aspect: output
# misconception: params_with_biases_per_slice
def conv_params(kernel_size, in_channels, filters):
    return filters * in_channels * (kernel_size**2 + 1)
