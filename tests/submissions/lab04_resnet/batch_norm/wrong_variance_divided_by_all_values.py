# verdict: failed
# aspect: output
# misconception: norm_with_variance_by_the_number_of_all_values
def batch_norm(x, gamma, beta, epsilon=1e-5):
    n, h, w, c = x.shape
    centred = x - ops.mean(x, axis=(0, 1, 2))
    variance = ops.sum(ops.square(centred), axis=(0, 1, 2)) / (n * h * w * c)
    return gamma * centred / ops.sqrt(variance + epsilon) + beta
