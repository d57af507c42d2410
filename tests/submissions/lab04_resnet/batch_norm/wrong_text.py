# verdict: failed
# aspect: shape
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return "normalized"
