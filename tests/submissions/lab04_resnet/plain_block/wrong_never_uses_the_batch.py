# verdict: failed
# aspect: training
class Plain(keras.Layer):
    def __init__(self, filters, strides):
        super().__init__()
        self.conv1 = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)
        self.conv2 = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.bn1, self.bn2 = layers.BatchNormalization(), layers.BatchNormalization()

    def call(self, x, training=False):
        x = ops.relu(self.bn1(self.conv1(x), training=training))
        return ops.relu(self.bn2(self.conv2(x), training=False))


def plain_block(x, filters, strides=1):
    return Plain(filters, strides)(x)
