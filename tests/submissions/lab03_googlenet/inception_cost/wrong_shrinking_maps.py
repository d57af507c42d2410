# verdict: failed
# aspect: output
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    reductions = in_channels * (f1 + f3_reduce + f5_reduce + pool_proj)
    three, five = 9 * f3_reduce * f3, 25 * f5_reduce * f5
    params = reductions + three + five + f1 + f3_reduce + f3 + f5_reduce + f5 + pool_proj
    return params, size**2 * reductions + (size - 2) ** 2 * three + (size - 4) ** 2 * five
