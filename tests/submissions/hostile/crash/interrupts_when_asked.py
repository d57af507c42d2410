# Raises what the time limit would.
# lost: conv_params
def conv_params(kernel_size, in_channels, filters):
    raise KeyboardInterrupt
