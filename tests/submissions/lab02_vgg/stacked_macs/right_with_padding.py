# verdict: passed
def stacked_macs(size, kernel_size, depth, channels):
    p = (kernel_size - 1) // 2
    total = 0
    for _ in range(depth):
        size = size + 2 * p - kernel_size + 1
        total += size**2 * kernel_size**2 * channels**2
    return total
