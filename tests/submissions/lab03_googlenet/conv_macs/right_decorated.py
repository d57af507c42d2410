# verdict: passed
import functools


@functools.lru_cache
def conv_macs(output_size, kernel_size, in_channels, filters):
    return (kernel_size**2 * in_channels) * (output_size**2 * filters)
