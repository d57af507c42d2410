# verdict: failed
# aspect: output
# misconception: norm_with_mean_square
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean = ops.mean(x, axis=(0, 1, 2))
    return gamma * (x - mean) * ops.rsqrt(ops.mean(x * x, axis=(0, 1, 2)) + epsilon) + beta
