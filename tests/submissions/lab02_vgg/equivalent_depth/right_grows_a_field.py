# verdict: passed
def equivalent_depth(kernel_size):
    field, depth = 1, 0
    while field < kernel_size:
        field, depth = field + 2, depth + 1
    return depth
