# verdict: passed
def naive_inception_cost(size, in_channels, f1, f3, f5):
    params, macs = 0, 0
    for k, f in zip((1, 3, 5), (f1, f3, f5)):
        weights = k * k * in_channels * f
        params += weights + f
        macs += weights * size * size
    return [params, macs]
