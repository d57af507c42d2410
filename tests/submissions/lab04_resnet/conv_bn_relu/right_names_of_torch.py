# verdict: passed
import tensorflow as tf


class BatchNorm2d(keras.Layer):
    def build(self, shape):
        size = (shape[-1],)
        self.weight = self.add_weight(shape=size, initializer="ones", name="gamma")
        self.bias = self.add_weight(shape=size, initializer="zeros", name="beta")
        self.mean = self.add_weight(shape=size, trainable=False, name="running_mean")
        self.var = self.add_weight(shape=size, initializer="ones", trainable=False, name="running_var")

    def call(self, x, training=None):
        mean, var = self.mean.value, self.var.value
        if training:
            mean, var = tf.nn.moments(x, [0, 1, 2])
            self.mean.assign(0.9 * self.mean + 0.1 * mean)
            self.var.assign(0.9 * self.var + 0.1 * var)
        return tf.nn.batch_normalization(x, mean, var, self.bias.value, self.weight.value, 1e-5)


def conv_bn_relu(x, filters, kernel_size, strides=1):
    conv = layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)
    return ops.relu(BatchNorm2d()(conv(x)))
