# verdict: failed
# aspect: output
# misconception: norm_without_mean
def batch_norm(x, gamma, beta, epsilon=1e-5):
    _, variance = ops.moments(x, axes=[0, 1, 2])
    return x / ops.sqrt(variance + epsilon) * gamma + beta
