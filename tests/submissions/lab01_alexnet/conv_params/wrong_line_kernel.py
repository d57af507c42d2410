# verdict: failed
# aspect: output
# misconception: params_of_a_line_kernel
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return (kernel_size * (in_channels // groups) + bool(use_bias)) * filters
