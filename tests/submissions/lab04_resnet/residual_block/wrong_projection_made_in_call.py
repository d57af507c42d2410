# verdict: failed
# aspect: params
class Block(keras.Layer):
    def __init__(self, filters, strides):
        super().__init__()
        self.filters, self.strides = filters, strides
        self.first = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)
        self.second = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.norms = [BatchNormalization(), BatchNormalization()]

    def call(self, x):
        y = ops.relu(self.norms[0](self.first(x)))
        y = self.norms[1](self.second(y))
        if x.shape != y.shape:
            x = layers.Conv2D(self.filters, 1, strides=self.strides, use_bias=False)(x)
            x = BatchNormalization()(x)
        return ops.relu(x + y)


def residual_block(x, filters, strides=1):
    return Block(filters, strides)(x)
