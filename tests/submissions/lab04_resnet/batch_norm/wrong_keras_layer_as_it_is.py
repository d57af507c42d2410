# verdict: failed
# aspect: output
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return layers.BatchNormalization(epsilon=epsilon)(x, training=True)
