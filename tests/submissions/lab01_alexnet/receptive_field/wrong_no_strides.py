# verdict: failed
# aspect: output
# misconception: field_without_strides
def receptive_field(layers):
    field = 1
    for kernel_size, _ in layers:
        field += kernel_size - 1
    return field
