# verdict: passed
class Residual(keras.Layer):
    def __init__(self, filters, strides, channels):
        super().__init__()
        self.conv1, self.bn1 = (
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False),
            layers.BatchNormalization(),
        )
        self.conv2, self.bn2 = (
            layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False),
            layers.BatchNormalization(),
        )
        self.project = None
        if strides > 1 or channels != filters:
            self.project = keras.Sequential(
                [layers.Conv2D(filters, 1, strides=strides, use_bias=False), layers.BatchNormalization()]
            )

    def call(self, x, training=None):
        y = ops.relu(self.bn1(self.conv1(x), training=training))
        y = self.bn2(self.conv2(y), training=training)
        return ops.relu(y + (x if self.project is None else self.project(x, training=training)))


def residual_block(x, filters, strides=1):
    return Residual(filters, strides, x.shape[-1])(x)
