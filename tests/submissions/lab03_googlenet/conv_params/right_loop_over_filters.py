# verdict: passed
def conv_params(kernel_size, in_channels, filters):
    total = 0
    for _ in range(filters):
        for _ in range(in_channels):
            total += kernel_size * kernel_size
        total += 1
    return total
