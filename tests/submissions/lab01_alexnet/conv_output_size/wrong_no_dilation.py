# verdict: failed
# aspect: output
# misconception: size_without_dilation
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return (size - kernel_size + 2 * padding + strides) // strides
