# verdict: failed
# aspect: shape
def equivalent_depth(kernel_size):
    depth = (kernel_size - 1) // 2
