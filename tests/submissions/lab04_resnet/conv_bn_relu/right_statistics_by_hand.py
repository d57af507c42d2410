# verdict: passed
class Norm(keras.Layer):
    def build(self, shape):
        channels = (shape[-1],)
        self.gamma = self.add_weight(shape=channels, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=channels, initializer="zeros", name="beta")
        self.mean = self.add_weight(shape=channels, initializer="zeros", trainable=False, name="moving_mean")
        self.variance = self.add_weight(
            shape=channels, initializer="ones", trainable=False, name="moving_variance"
        )

    def call(self, x, training=None):
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = ops.moments(x, axes=(0, 1, 2))
            self.mean.assign(0.9 * self.mean + 0.1 * mean)
            self.variance.assign(0.9 * self.variance + 0.1 * variance)
        return self.gamma * (x - mean) / ops.sqrt(variance + 1e-5) + self.beta


def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(Norm()(x))
