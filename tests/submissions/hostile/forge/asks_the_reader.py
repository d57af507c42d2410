# Waits for somebody to type.
# lost: conv_params
def conv_params(kernel_size, in_channels, filters):
    return int(input("How many? "))
