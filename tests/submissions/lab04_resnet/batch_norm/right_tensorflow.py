# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = tf.nn.moments(x, axes=[0, 1, 2])
    return tf.nn.batch_normalization(x, mean, variance, beta, gamma, epsilon)
