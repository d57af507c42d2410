# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    scale = gamma * ops.rsqrt(ops.var(x, axis=(0, 1, 2)) + epsilon)
    return x * scale + (beta - ops.mean(x, axis=(0, 1, 2)) * scale)
