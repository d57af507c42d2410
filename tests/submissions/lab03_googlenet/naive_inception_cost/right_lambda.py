# verdict: passed
naive_inception_cost = lambda size, in_channels, f1, f3, f5: (
    sum((k * k * in_channels + 1) * f for k, f in ((1, f1), (3, f3), (5, f5))),
    sum(size * size * k * k * in_channels * f for k, f in ((1, f1), (3, f3), (5, f5))),
)
