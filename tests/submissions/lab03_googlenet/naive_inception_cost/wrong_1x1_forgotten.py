# verdict: failed
# aspect: output
# misconception: naive_without_1x1
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (9 * f3 + 25 * f5)
    return weights + f3 + f5, weights * size**2
