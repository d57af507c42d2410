# verdict: passed
def receptive_field(layers):
    pixels = {0}
    for kernel_size, strides in layers[::-1]:
        pixels = {p * strides + i for p in pixels for i in range(kernel_size)}
    return max(pixels) - min(pixels) + 1
