# verdict: failed
# aspect: output
# misconception: norm_with_one_variance
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean = ops.mean(x, axis=(0, 1, 2))
    variance = ops.var(x)
    return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
