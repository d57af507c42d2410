# verdict: failed
# aspect: output
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean = ops.mean(x, axis=(0, 2, 3), keepdims=True)
    variance = ops.var(x, axis=(0, 2, 3), keepdims=True)
    return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
