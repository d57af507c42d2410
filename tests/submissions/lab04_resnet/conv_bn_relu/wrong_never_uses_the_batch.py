# verdict: failed
# aspect: training
# misconception: conv_with_norm_of_averages
class ConvNormRelu(keras.Layer):
    def __init__(self, filters, kernel_size, strides):
        super().__init__()
        self.conv = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return ops.relu(self.norm(self.conv(x), training=False))


def conv_bn_relu(x, filters, kernel_size, strides=1):
    return ConvNormRelu(filters, kernel_size, strides)(x)
