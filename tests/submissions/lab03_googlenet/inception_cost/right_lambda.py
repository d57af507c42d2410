# verdict: passed
inception_cost = lambda size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj: (
    (in_channels + 1) * (f1 + f3_reduce + f5_reduce + pool_proj)
    + (9 * f3_reduce + 1) * f3
    + (25 * f5_reduce + 1) * f5,
    size**2
    * (in_channels * (f1 + f3_reduce + f5_reduce + pool_proj) + 9 * f3_reduce * f3 + 25 * f5_reduce * f5),
)
