# Right for the first case, and never done with the second.
# lost: conv_params
# shows: the time limit for one cell
calls = 0


def conv_params(kernel_size, in_channels, filters):
    global calls
    calls += 1
    while calls > 1:
        pass
    return (kernel_size**2 * in_channels + 1) * filters
