# verdict: failed
# aspect: output
# misconception: params_with_a_bias_per_slice
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return (kernel_size**2 + use_bias) * (in_channels // groups) * filters
