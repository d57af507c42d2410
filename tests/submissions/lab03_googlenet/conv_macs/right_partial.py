# verdict: passed
from functools import partial, reduce
from operator import mul


def product(start, output_size, kernel_size, in_channels, filters):
    return reduce(mul, [output_size] * 2 + [kernel_size] * 2 + [in_channels, filters], start)


conv_macs = partial(product, 1)
