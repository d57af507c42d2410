# verdict: failed
# aspect: output
# misconception: size_of_same_padding
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return (size + strides - 1) // strides
