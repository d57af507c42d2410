# verdict: passed
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    t = ops.convert_to_tensor(
        [output_size, output_size, kernel_size, kernel_size, in_channels // groups, filters], dtype="int64"
    )
    return ops.prod(t)
