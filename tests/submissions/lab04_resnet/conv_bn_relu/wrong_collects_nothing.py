# verdict: failed
# aspect: training
# misconception: conv_with_norm_that_collects_nothing
class Norm(keras.Layer):
    def build(self, shape):
        weight = lambda name, value, learn: self.add_weight(
            shape=(shape[-1],), initializer=value, name=name, trainable=learn
        )
        self.gamma, self.beta = weight("gamma", "ones", True), weight("beta", "zeros", True)
        self.mean, self.variance = (
            weight("moving_mean", "zeros", False),
            weight("moving_variance", "ones", False),
        )

    def call(self, x, training=None):
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = ops.moments(x, axes=(0, 1, 2))
        return self.gamma * (x - mean) / ops.sqrt(variance + 1e-5) + self.beta


def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(Norm()(x))
