# verdict: failed
# aspect: output
# misconception: norm_by_the_number_of_all_values
def batch_norm(x, gamma, beta, epsilon=1e-5):
    n = x.shape[0] * x.shape[1] * x.shape[2] * x.shape[3]
    mean = ops.sum(x, axis=(0, 1, 2)) / n
    variance = ops.sum((x - mean) ** 2, axis=(0, 1, 2)) / n
    return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
