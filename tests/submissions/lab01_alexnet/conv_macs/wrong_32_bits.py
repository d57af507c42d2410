# verdict: failed
# aspect: output
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    factors = [output_size, output_size, kernel_size, kernel_size, in_channels // groups, filters]
    return ops.prod(ops.convert_to_tensor(factors))
