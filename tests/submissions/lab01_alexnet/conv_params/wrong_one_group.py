# verdict: failed
# aspect: output
# misconception: params_of_one_group
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    c, f = in_channels // groups, filters // groups
    return (kernel_size**2 * c + use_bias) * f
