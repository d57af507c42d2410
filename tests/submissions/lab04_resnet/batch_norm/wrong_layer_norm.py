# verdict: failed
# aspect: output
# misconception: norm_of_features
def batch_norm(x, gamma, beta, epsilon=1e-5):
    flat = ops.reshape(x, (x.shape[0], -1))
    flat = (flat - ops.mean(flat, 1, keepdims=True)) / ops.sqrt(ops.var(flat, 1, keepdims=True) + epsilon)
    return ops.reshape(flat, x.shape) * gamma + beta
