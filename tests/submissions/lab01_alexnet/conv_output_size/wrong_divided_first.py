# verdict: failed
# aspect: output
# misconception: size_divided_first
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return (size + 2 * padding) // strides - (kernel_size - 1) * dilation
