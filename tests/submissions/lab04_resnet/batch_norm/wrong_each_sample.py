# verdict: failed
# aspect: output
# misconception: norm_of_each_sample
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = ops.moments(x, axes=(1, 2), keepdims=True)
    return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
