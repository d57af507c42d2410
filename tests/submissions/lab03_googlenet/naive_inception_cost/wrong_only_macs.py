# verdict: failed
# aspect: shape
def naive_inception_cost(size, in_channels, f1, f3, f5):
    return size**2 * in_channels * (f1 + 9 * f3 + 25 * f5)
