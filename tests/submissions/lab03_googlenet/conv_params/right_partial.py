# verdict: passed
from functools import partial


def params(kernel_size, in_channels, filters, bias):
    return kernel_size**2 * in_channels * filters + (filters if bias else 0)


conv_params = partial(params, bias=True)
