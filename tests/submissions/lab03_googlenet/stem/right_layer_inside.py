# verdict: passed
class Conv(keras.Layer):
    def __init__(self, filters, size, strides=1):
        super().__init__()
        self.conv = layers.Conv2D(filters, size, strides=strides, padding="same")

    def call(self, x):
        return ops.maximum(self.conv(x), 0.0)


def stem(x):
    pool = lambda x: layers.MaxPooling2D(3, 2, "same")(x)
    x = pool(Conv(64, 7, 2)(x))
    x = LocalResponseNormalization(depth_radius=2, bias=2, alpha=1e-4, beta=0.75)(x)
    x = Conv(192, 3)(Conv(64, 1)(x))
    x = LocalResponseNormalization(depth_radius=2, bias=2, alpha=1e-4, beta=0.75)(x)
    return pool(x)
