# verdict: failed
# aspect: output
# misconception: norm_that_divides_the_mean_and_scales
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = ops.moments(x, axes=(0, 1, 2))
    x = x - mean / ops.sqrt(variance + epsilon)
    return gamma * x + beta
