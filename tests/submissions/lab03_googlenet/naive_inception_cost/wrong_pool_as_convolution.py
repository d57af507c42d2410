# verdict: failed
# aspect: output
# misconception: naive_with_a_convolving_pool
def naive_inception_cost(size, in_channels, f1, f3, f5):
    convs = ((1, f1), (3, f3), (5, f5), (3, in_channels))
    weights = sum(k**2 * in_channels * f for k, f in convs)
    return weights + sum(f for _, f in convs), weights * size**2
