# An answer that never returns: the time runs out in the check's own cell.
# lost: conv_params
# shows: the time limit for one cell
def conv_params(kernel_size, in_channels, filters):
    while True:
        pass
