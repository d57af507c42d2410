# verdict: passed
def conv_macs(output_size, kernel_size, in_channels, filters):
    macs = 0
    for row in range(output_size):
        for column in range(output_size):
            macs += filters * in_channels * kernel_size * kernel_size
    return macs
