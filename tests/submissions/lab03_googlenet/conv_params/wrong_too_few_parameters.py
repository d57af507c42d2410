# verdict: failed
# aspect: call
def conv_params(kernel_size, filters):
    return kernel_size**2 * 3 * filters + filters
