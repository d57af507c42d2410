# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    y = gamma * (x - ops.mean(x, (0, 1, 2))) / ops.sqrt(ops.var(x, (0, 1, 2)) + epsilon) + beta
    return ops.convert_to_numpy(y).tolist()
