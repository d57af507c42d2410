# verdict: passed
def receptive_field(layers):
    if not layers:
        return 1
    (kernel_size, strides), *rest = layers
    return (receptive_field(rest) - 1) * strides + kernel_size
