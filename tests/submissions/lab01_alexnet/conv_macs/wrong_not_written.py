# verdict: failed
# aspect: call
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    raise NotImplementedError()
