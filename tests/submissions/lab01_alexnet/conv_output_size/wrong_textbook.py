# verdict: failed
# aspect: output
# misconception: size_of_the_textbook
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return (size + 2 * padding - kernel_size) / strides + 1
