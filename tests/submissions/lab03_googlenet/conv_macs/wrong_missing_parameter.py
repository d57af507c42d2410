# verdict: failed
# aspect: call
def conv_macs(output_size, kernel_size, filters):
    return output_size**2 * kernel_size**2 * filters
