# verdict: failed
# aspect: output
# misconception: depth_of_multiplied_fields
def equivalent_depth(kernel_size):
    field, depth = 1, 0
    while field < kernel_size:
        field, depth = 3 * field, depth + 1
    return depth
