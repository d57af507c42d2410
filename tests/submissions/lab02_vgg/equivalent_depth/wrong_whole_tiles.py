# verdict: failed
# aspect: output
# misconception: depth_of_whole_tiles
def equivalent_depth(kernel_size):
    return int(kernel_size / 3)
