# verdict: failed
# aspect: output
# misconception: macs_of_params_at_one_position
def conv_macs(output_size, kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters + filters
