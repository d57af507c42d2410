# verdict: failed
# aspect: output
# misconception: macs_of_one_position
def stacked_macs(size, kernel_size, depth, channels):
    return sum(kernel_size**2 * channels**2 for _ in range(depth))
