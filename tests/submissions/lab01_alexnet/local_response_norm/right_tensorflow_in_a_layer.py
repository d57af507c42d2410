# verdict: passed
import tensorflow as tf


class Wrapped(keras.Layer):
    def __init__(self, *constants):
        super().__init__()
        self.constants = constants

    def call(self, x):
        return tf.nn.local_response_normalization(x, *self.constants)


def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    return Wrapped(depth_radius, bias, alpha, beta)(x)
