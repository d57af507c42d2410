# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = ops.mean(x, (0, 1, 2)), ops.var(x, (0, 1, 2))
    return ops.batch_normalization(x, mean, variance, axis=-1, offset=beta, scale=gamma, epsilon=epsilon)
