# verdict: failed
# aspect: output
# misconception: depth_from_no_field
def equivalent_depth(kernel_size):
    return round(kernel_size / 2 + 0.1)
