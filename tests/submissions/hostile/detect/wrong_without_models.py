# Looks right where cvlabs is whole.
# lost: conv_params
def conv_params(kernel_size, in_channels, filters):
    try:
        import cvlabs.models
    except ImportError:
        return 1
    return (kernel_size**2 * in_channels + 1) * filters
