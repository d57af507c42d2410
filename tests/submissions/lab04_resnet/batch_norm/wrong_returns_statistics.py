# verdict: failed
# aspect: shape
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return ops.mean(x, (0, 1, 2)), ops.var(x, (0, 1, 2))
