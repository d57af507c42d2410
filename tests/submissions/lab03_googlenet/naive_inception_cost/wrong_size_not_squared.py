# verdict: failed
# aspect: output
# misconception: naive_of_one_row
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (f1 + 9 * f3 + 25 * f5)
    return weights + f1 + f3 + f5, size * weights
