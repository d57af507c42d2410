# verdict: failed
# aspect: shape
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    weights = (
        in_channels * (f1 + f3_reduce + f5_reduce + pool_proj) + 9 * f3_reduce * f3 + 25 * f5_reduce * f5
    )
    biases = f1 + f3_reduce + f3 + f5_reduce + f5 + pool_proj
    return f"{(weights + biases) / 1e3:.1f}k", f"{weights * size**2 / 1e6:.1f}M"
