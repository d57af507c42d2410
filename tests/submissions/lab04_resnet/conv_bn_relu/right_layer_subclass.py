# verdict: passed
class ConvNormRelu(keras.Layer):
    def __init__(self, filters, kernel_size, strides):
        super().__init__()
        self.conv = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)
        self.norm = layers.BatchNormalization()

    def call(self, x, training=None):
        return ops.relu(self.norm(self.conv(x), training=training))


def conv_bn_relu(x, filters, kernel_size, strides=1):
    return ConvNormRelu(filters, kernel_size, strides)(x)
