# verdict: failed
# aspect: output
# misconception: naive_of_a_3x3_for_the_5x5
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (f1 + 9 * f3 + 9 * f5)
    return weights + f1 + f3 + f5, weights * size**2
