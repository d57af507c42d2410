# verdict: failed
# aspect: output
# misconception: norm_with_gamma_and_beta_swapped
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = ops.moments(x, axes=[0, 1, 2])
    return tf.nn.batch_normalization(x, mean, variance, gamma, beta, epsilon)
