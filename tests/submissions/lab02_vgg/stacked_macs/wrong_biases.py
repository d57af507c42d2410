# verdict: failed
# aspect: output
# misconception: macs_with_biases
def stacked_macs(size, kernel_size, depth, channels):
    return depth * size * size * channels * (1 + channels * kernel_size * kernel_size)
