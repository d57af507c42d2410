# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups

    class Bias(keras.Layer):
        def build(self, shape):
            self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros", name="bias")

        def call(self, x):
            return x + self.bias

    maps = [
        layers.Conv2D(filters // groups, kernel_size, padding="same", use_bias=False)(x[..., i : i + n])
        for i in range(0, x.shape[-1], n)
    ]
    return Bias()(ops.concatenate(maps, -1))
