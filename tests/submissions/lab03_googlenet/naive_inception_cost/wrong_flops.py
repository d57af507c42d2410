# verdict: failed
# aspect: output
# misconception: naive_in_flops
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (f1 + 9 * f3 + 25 * f5)
    return weights + f1 + f3 + f5, 2 * size**2 * weights
