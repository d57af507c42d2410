# verdict: failed
# aspect: output
# misconception: field_of_multiplied_kernels
def receptive_field(layers):
    field = 1
    for kernel_size, _ in layers:
        field *= kernel_size
    return field
