# verdict: failed
# aspect: output
# misconception: size_rounded_to_nearest
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    return round((size + 2 * padding - covered) / strides + 1)
