# verdict: failed
# aspect: output
# misconception: macs_of_one_filter
def stacked_macs(size, kernel_size, depth, channels):
    return depth * size**2 * kernel_size**2 * channels
