# verdict: passed
import numpy as np


def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def conv(k, c, f):
        return np.array([k * k * c * f + f, size * size * k * k * c * f])

    branch1 = conv(1, in_channels, f1)
    branch2 = conv(1, in_channels, f3_reduce) + conv(3, f3_reduce, f3)
    branch3 = conv(1, in_channels, f5_reduce) + conv(5, f5_reduce, f5)
    branch4 = conv(1, in_channels, pool_proj)
    params, macs = branch1 + branch2 + branch3 + branch4
    return params, macs
