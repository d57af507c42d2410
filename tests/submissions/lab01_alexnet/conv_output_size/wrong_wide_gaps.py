# verdict: failed
# aspect: output
# misconception: size_of_a_kernel_with_wide_gaps
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    gaps = (kernel_size - 1) * dilation
    return (size + 2 * padding - kernel_size - gaps) // strides + 1
