# verdict: failed
# aspect: call
def batch_norm(x, gamma, beta, epsilon=1e-5):
    raise NotImplementedError()
