# verdict: passed
class Pointwise(keras.Layer):
    def __init__(self, filters):
        super().__init__()
        self.filters = filters

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.filters))
        self.b = self.add_weight(shape=(self.filters,))

    def call(self, x):
        return ops.relu(ops.matmul(x, self.w) + self.b)


def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda f, k: layers.Conv2D(f, k, padding="same", activation="relu")
    return ops.concatenate(
        [
            Pointwise(f1)(x),
            conv(f3, 3)(Pointwise(f3_reduce)(x)),
            conv(f5, 5)(Pointwise(f5_reduce)(x)),
            Pointwise(pool_proj)(layers.MaxPooling2D(3, strides=1, padding="same")(x)),
        ],
        axis=-1,
    )
