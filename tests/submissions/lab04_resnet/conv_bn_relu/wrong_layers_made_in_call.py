# verdict: failed
# aspect: params
class ConvBnRelu(keras.Layer):
    def __init__(self, filters, kernel_size, strides):
        super().__init__()
        self.settings = filters, kernel_size, strides

    def call(self, x):
        x = layers.Conv2D(*self.settings, padding="same", use_bias=False)(x)
        return ops.relu(BatchNormalization()(x))


def conv_bn_relu(x, filters, kernel_size, strides=1):
    return ConvBnRelu(filters, kernel_size, strides)(x)
