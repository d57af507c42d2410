# verdict: failed
# aspect: output
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return ((size + 2 * padding) // dilation - kernel_size) // strides + 1
