# verdict: failed
# aspect: output
# misconception: params_of_a_line_kernel
def conv_params(kernel_size, in_channels, filters):
    return kernel_size * in_channels * filters + filters
