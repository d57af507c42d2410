# verdict: failed
# aspect: output
# misconception: params_with_biases_per_group
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    total = 0
    for _ in range(groups):
        total += kernel_size**2 * (in_channels // groups) * (filters // groups) + use_bias * filters
    return total
