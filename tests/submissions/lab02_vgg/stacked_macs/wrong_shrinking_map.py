# verdict: failed
# aspect: output
# misconception: macs_without_padding
def stacked_macs(size, kernel_size, depth, channels):
    macs = 0
    for _ in range(depth):
        size = size - kernel_size + 1
        macs += size * size * kernel_size**2 * channels**2
    return macs
