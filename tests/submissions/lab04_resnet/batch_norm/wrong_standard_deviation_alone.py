# verdict: failed
# aspect: output
# misconception: norm_without_epsilon
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return gamma * (x - ops.mean(x, (0, 1, 2))) / ops.std(x, (0, 1, 2)) + beta
