# verdict: failed
# aspect: training
class Projection(keras.Layer):
    def __init__(self, filters, strides):
        super().__init__()
        self.conv = layers.Conv2D(filters, 1, strides=strides, use_bias=False)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return self.norm(self.conv(x), training=False)


def residual_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same", use_bias=False)(y))
    short = x if x.shape == y.shape else Projection(filters, strides)(x)
    return layers.ReLU()(layers.Add()([short, y]))
