# verdict: failed
# aspect: output
def equivalent_depth(kernel_size):
    return kernel_size / 2
