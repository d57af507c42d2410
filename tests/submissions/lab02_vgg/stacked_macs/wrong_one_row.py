# verdict: failed
# aspect: output
# misconception: macs_of_one_row
def stacked_macs(size, kernel_size, depth, channels):
    return stacked_params(kernel_size, depth, channels) * size
