# verdict: failed
# aspect: output
# misconception: norm_with_one_mean_square
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean = ops.mean(x, axis=(0, 1, 2))
    variance = ops.mean((x - mean) ** 2)
    return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
