# verdict: passed
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    eff = (kernel_size - 1) * dilation + 1
    return ops.floor((size + 2 * padding - eff) / strides + 1)
