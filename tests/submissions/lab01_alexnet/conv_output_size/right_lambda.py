# verdict: passed
conv_output_size = lambda size, kernel_size, strides=1, padding=0, dilation=1: (
    1 + int((size + 2 * padding - 1 - (kernel_size - 1) * dilation) // strides)
)
