# verdict: passed
class Stem(layers.Layer):
    def __init__(self, widths):
        super().__init__()
        first, reduce, last = widths
        self.conv1 = layers.Conv2D(first, 7, 2, "same")
        self.conv2 = layers.Conv2D(reduce, 1)
        self.conv3 = layers.Conv2D(last, 3, 1, "same")

    def call(self, inputs):
        x = ops.relu(self.conv1(inputs))
        x = ops.max_pool(x, (3, 3), (2, 2), "same")
        x = LocalResponseNormalization()(x)
        x = ops.relu(self.conv2(x))
        x = ops.relu(self.conv3(x))
        x = LocalResponseNormalization()(x)
        return ops.max_pool(x, (3, 3), (2, 2), "same")


stem = Stem((64, 64, 192))
