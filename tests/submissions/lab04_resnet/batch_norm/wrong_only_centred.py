# verdict: failed
# aspect: output
# misconception: norm_without_scale
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return (x - ops.mean(x, axis=[0, 1, 2], keepdims=True)) * gamma + beta
