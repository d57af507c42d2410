# verdict: failed
# aspect: output
# misconception: naive_of_line_kernels
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (f1 + 3 * f3 + 5 * f5)
    return weights + f1 + f3 + f5, weights * size**2
