# verdict: failed
# aspect: output
# misconception: size_without_the_first_position
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return int((size + 2 * padding - dilation * (kernel_size - 1) - 1) / strides)
