# verdict: failed
# aspect: output
# misconception: params_of_line_kernels
def stacked_params(kernel_size, depth, channels):
    return channels * channels * kernel_size * depth
