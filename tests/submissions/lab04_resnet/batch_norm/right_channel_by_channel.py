# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    out = []
    for c in range(x.shape[-1]):
        channel = x[..., c]
        centred = channel - ops.mean(channel)
        out.append(gamma[c] * centred / ops.sqrt(ops.mean(centred**2) + epsilon) + beta[c])
    return ops.stack(out, axis=-1)
