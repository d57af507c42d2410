# verdict: passed
class Grouped(keras.Layer):
    def __init__(self, filters, kernel_size, groups):
        super().__init__()
        self.filters, self.kernel_size, self.groups = filters, kernel_size, groups

    def build(self, shape):
        size = (self.kernel_size, self.kernel_size, shape[-1] // self.groups, self.filters)
        self.w = self.add_weight(shape=size)
        self.b = self.add_weight(shape=(self.filters,))

    def call(self, x):
        pairs = zip(ops.split(x, self.groups, -1), ops.split(self.w, self.groups, -1), strict=True)
        return ops.concatenate([ops.conv(a, w, padding="same") for a, w in pairs], -1) + self.b


def grouped_conv(x, filters, kernel_size, groups):
    return Grouped(filters, kernel_size, groups)(x)
