# verdict: failed
# aspect: output
# misconception: norm_without_gamma_and_beta
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return layers.BatchNormalization(epsilon=epsilon)(x, training=True)
