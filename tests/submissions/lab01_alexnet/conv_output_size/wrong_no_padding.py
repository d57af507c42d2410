# verdict: failed
# aspect: output
# misconception: size_without_padding
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return (size - 1 - (kernel_size - 1) * dilation) // strides + 1
