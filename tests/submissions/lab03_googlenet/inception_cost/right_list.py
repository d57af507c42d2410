# verdict: passed
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    result = [0, 0]
    for k, c, f in (
        (1, in_channels, f1),
        (1, in_channels, f3_reduce),
        (3, f3_reduce, f3),
        (1, in_channels, f5_reduce),
        (5, f5_reduce, f5),
        (1, in_channels, pool_proj),
    ):
        result[0] += k * k * c * f + f
        result[1] += k * k * c * f * size * size
    return result
