# verdict: failed
# aspect: call
def conv_output_size(size, kernel_size, strides, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // strides + 1
