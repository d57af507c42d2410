# verdict: failed
# aspect: output
# misconception: norm_with_relu
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = ops.moments(x, axes=[0, 1, 2])
    y = gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
    return ops.maximum(y, 0)
