# verdict: failed
# aspect: output
# misconception: depth_of_equal_weights
def equivalent_depth(kernel_size):
    weights, depth = kernel_size * kernel_size, 0
    while weights > 0:
        weights, depth = weights - 9, depth + 1
    return depth
