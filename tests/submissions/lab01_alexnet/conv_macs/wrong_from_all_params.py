# verdict: failed
# aspect: output
# misconception: macs_with_biases
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return conv_params(kernel_size, in_channels, filters, groups) * output_size**2
