# verdict: passed
def equivalent_depth(kernel_size):
    return (kernel_size - 1) / 2
