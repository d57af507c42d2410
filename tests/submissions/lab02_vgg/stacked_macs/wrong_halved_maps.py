# verdict: failed
# aspect: output
# misconception: macs_of_halved_maps
def stacked_macs(size, kernel_size, depth, channels):
    macs = 0
    for _ in range(depth):
        macs += size * size * kernel_size**2 * channels**2
        size = size // 2
    return macs
