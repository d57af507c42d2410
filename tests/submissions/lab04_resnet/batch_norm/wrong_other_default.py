# verdict: failed
# aspect: output
# misconception: norm_with_keras_default
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * (x - ops.mean(x, (0, 1, 2))) / ops.sqrt(ops.var(x, (0, 1, 2)) + epsilon) + beta
