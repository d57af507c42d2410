# verdict: failed
# aspect: output
# misconception: size_rounded_up
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    return -((covered - size - 2 * padding) // strides) + 1
