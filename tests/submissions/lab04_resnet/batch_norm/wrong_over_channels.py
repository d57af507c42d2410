# verdict: failed
# aspect: output
# misconception: norm_over_channels
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean = ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(x - mean), axis=-1, keepdims=True)
    return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
