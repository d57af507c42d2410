# verdict: failed
# aspect: output
# misconception: norm_of_positions
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return (x - ops.mean(x, 0)) / ops.sqrt(ops.var(x, 0) + epsilon) * gamma + beta
