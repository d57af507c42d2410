# verdict: failed
# aspect: output
# misconception: naive_with_biases_in_macs
def naive_inception_cost(size, in_channels, f1, f3, f5):
    params = sum(k**2 * in_channels * f + f for k, f in ((1, f1), (3, f3), (5, f5)))
    return params, params * size * size
