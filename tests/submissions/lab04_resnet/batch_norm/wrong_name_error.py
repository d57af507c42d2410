# verdict: failed
# aspect: call
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return gamma * (x - mean) / ops.sqrt(ops.var(x, (0, 1, 2)) + epsilon) + beta
