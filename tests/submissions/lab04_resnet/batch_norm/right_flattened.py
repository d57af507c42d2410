# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    flat = ops.reshape(x, (-1, x.shape[-1]))
    flat = (flat - ops.mean(flat, 0)) / ops.sqrt(ops.var(flat, axis=0) + epsilon)
    return ops.reshape(flat * gamma + beta, x.shape)
