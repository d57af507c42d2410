# verdict: passed
def stacked_macs(size, kernel_size, depth, channels):
    macs = 0
    for _ in range(depth):
        positions = size * size
        macs += positions * kernel_size**2 * channels * channels
    return macs
