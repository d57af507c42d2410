# verdict: passed
from collections import namedtuple

Cost = namedtuple("Cost", "params macs")


def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    chains = {1: (f1,), 3: (f3_reduce, f3), 5: (f5_reduce, f5), 0: (pool_proj,)}
    params = macs = 0
    for kernel, widths in chains.items():
        channels = in_channels
        for i, filters in enumerate(widths):
            k = kernel if i == 1 else 1
            params += (k * k * channels + 1) * filters
            macs += k * k * channels * filters * size**2
            channels = filters
    return Cost(params, macs)
