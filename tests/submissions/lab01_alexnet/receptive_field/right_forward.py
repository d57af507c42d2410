# verdict: passed
def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, strides in layers:
        field = field + (kernel_size - 1) * jump
        jump = jump * strides
    return field
