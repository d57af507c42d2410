# verdict: passed
from functools import partial


def macs_of(groups, size, kernel_size, depth, channels):
    return size**2 * stacked_params(kernel_size, depth, channels) // groups


stacked_macs = partial(macs_of, 1)
