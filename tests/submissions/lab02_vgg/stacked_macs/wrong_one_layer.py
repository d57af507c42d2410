# verdict: failed
# aspect: output
# misconception: macs_of_one_layer
def stacked_macs(size, kernel_size, depth, channels):
    return (size * kernel_size * channels) ** 2
