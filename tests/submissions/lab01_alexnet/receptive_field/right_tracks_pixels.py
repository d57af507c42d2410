# verdict: passed
def receptive_field(layers):
    low = high = 0
    while layers:
        kernel_size, strides = layers.pop()
        low, high = low * strides, high * strides + kernel_size - 1
    return high - low + 1
