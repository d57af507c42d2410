# verdict: passed
class OwnConv(keras.Layer):
    def __init__(self, filters, size):
        super().__init__()
        self.filters, self.size = filters, size

    def build(self, input_shape):
        shape = (self.size, self.size, input_shape[-1], self.filters)
        self.kernel = self.add_weight(shape=shape, initializer="he_normal", name="kernel")
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")

    def call(self, x):
        return ops.relu(ops.conv(x, self.kernel, padding="same") + self.bias)


def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    a = OwnConv(f1, 1)(x)
    b = OwnConv(f3, 3)(OwnConv(f3_reduce, 1)(x))
    c = OwnConv(f5, 5)(OwnConv(f5_reduce, 1)(x))
    d = OwnConv(pool_proj, 1)(layers.MaxPooling2D(3, strides=1, padding="same")(x))
    return ops.concatenate([a, b, c, d], axis=-1)
