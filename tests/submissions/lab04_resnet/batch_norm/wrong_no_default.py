# verdict: failed
# aspect: call
def batch_norm(x, gamma, beta, epsilon):
    return gamma * (x - ops.mean(x, (0, 1, 2))) / ops.sqrt(ops.var(x, (0, 1, 2)) + epsilon) + beta
