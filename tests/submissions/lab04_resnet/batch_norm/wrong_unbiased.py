# verdict: failed
# aspect: output
# misconception: norm_with_unbiased_variance
def batch_norm(x, gamma, beta, epsilon=1e-5):
    x = np.asarray(x)
    variance = x.var((0, 1, 2), ddof=1)
    return np.asarray(gamma) * (x - x.mean((0, 1, 2))) / np.sqrt(variance + epsilon) + np.asarray(beta)
