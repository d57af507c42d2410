# verdict: failed
# aspect: output
# misconception: norm_of_everything
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return gamma * (x - ops.mean(x)) / ops.sqrt(ops.var(x) + epsilon) + beta
