# verdict: failed
# aspect: output
# misconception: depth_of_one_side
def equivalent_depth(kernel_size):
    return len(range(3, kernel_size + 1))
