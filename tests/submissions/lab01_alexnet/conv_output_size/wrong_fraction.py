# verdict: failed
# aspect: output
# misconception: size_as_a_fraction
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - covered + strides) / strides
