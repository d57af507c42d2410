# verdict: failed
# aspect: output
# misconception: size_of_a_multiplied_kernel
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    kernel_size *= dilation
    return (size - kernel_size + 2 * padding) // strides + 1
