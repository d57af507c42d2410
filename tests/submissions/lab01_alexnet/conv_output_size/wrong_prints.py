# verdict: failed
# aspect: shape
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    print((size + 2 * padding - dilation * (kernel_size - 1) - 1) // strides + 1)
