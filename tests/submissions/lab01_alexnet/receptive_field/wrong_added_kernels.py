# verdict: failed
# aspect: output
# misconception: field_of_added_kernels
def receptive_field(layers):
    total = 0
    for kernel_size, _ in layers:
        total += kernel_size
    return total
