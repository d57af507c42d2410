# verdict: failed
# aspect: output
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return gamma * x / ops.sqrt(1 + epsilon) + beta
