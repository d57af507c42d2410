# verdict: passed
import tensorflow as tf


class Drop(keras.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=None):
        return tf.nn.dropout(x, self.rate) if training else x


def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    return layers.Flatten()(layers.Conv2D(classes, 1)(Drop(dropout_rate)(x)))
