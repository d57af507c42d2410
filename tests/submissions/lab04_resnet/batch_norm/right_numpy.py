# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    x = np.asarray(x)
    return np.asarray(gamma) * (x - x.mean((0, 1, 2))) / np.sqrt(x.var((0, 1, 2)) + epsilon) + np.asarray(
        beta
    )
