# verdict: failed
# aspect: shape
def equivalent_depth(kernel_size):
    return kernel_size // 2, 3
