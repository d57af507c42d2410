# verdict: failed
# aspect: output
# misconception: macs_as_two
def stacked_macs(size, kernel_size, depth, channels):
    multiplications = size**2 * stacked_params(kernel_size, depth, channels)
    additions = multiplications
    return multiplications + additions
