# verdict: passed
from functools import partial


def cost(kernels, size, in_channels, f1, f3, f5):
    weights = [k**2 * in_channels * f for k, f in zip(kernels, (f1, f3, f5))]
    return sum(weights) + f1 + f3 + f5, sum(weights) * size**2


naive_inception_cost = partial(cost, (1, 3, 5))
