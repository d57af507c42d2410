# verdict: failed
# aspect: output
# misconception: norm_that_divides_only_the_mean
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = ops.moments(x, axes=(0, 1, 2))
    return gamma * x - mean / ops.sqrt(variance + epsilon) + beta
