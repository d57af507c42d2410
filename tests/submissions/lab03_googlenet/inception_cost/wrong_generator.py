# verdict: failed
# aspect: shape
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    weights = (
        in_channels * (f1 + f3_reduce + f5_reduce + pool_proj) + 9 * f3_reduce * f3 + 25 * f5_reduce * f5
    )
    yield weights + f1 + f3_reduce + f3 + f5_reduce + f5 + pool_proj
    yield weights * size**2
