# verdict: failed
# aspect: output
# misconception: norm_without_beta
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = ops.moments(x, axes=[0, 1, 2])
    return (x - mean) / ops.sqrt(variance + epsilon) * gamma
