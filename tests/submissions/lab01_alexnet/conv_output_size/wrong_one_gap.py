# verdict: failed
# aspect: output
# misconception: size_of_a_kernel_with_one_gap
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return (size + 2 * padding - (kernel_size + dilation - 1)) // strides + 1
