# verdict: passed
def equivalent_depth(kernel_size):
    if kernel_size == 3:
        return 1
    return 1 + equivalent_depth(kernel_size - 2)
