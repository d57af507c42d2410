# verdict: failed
# aspect: output
# misconception: depth_without_the_last
def equivalent_depth(kernel_size):
    return len(range(3, kernel_size, 2))
