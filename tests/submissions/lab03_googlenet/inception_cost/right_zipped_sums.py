# verdict: passed
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def both(k, c, f):
        weights = k**2 * c * f
        return weights + f, weights * size**2

    costs = [both(1, in_channels, f) for f in (f1, f3_reduce, f5_reduce, pool_proj)]
    costs += [both(3, f3_reduce, f3), both(5, f5_reduce, f5)]
    return tuple(map(sum, zip(*costs)))
