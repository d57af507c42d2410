# verdict: failed
# aspect: output
# misconception: depth_of_tiles
def equivalent_depth(kernel_size):
    return -(-kernel_size // 3)
