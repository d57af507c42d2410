# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    layer = layers.BatchNormalization(epsilon=epsilon)
    layer.build(x.shape)
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    return layer(x, training=True)
