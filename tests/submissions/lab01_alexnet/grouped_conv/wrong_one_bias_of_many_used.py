# verdict: failed
# aspect: output
class Grouped(keras.Layer):
    def __init__(self, filters, kernel_size, groups):
        super().__init__()
        self.shape = (groups, kernel_size, kernel_size), filters // groups

    def build(self, shape):
        (groups, *size), width = self.shape
        self.kernels = self.add_weight(shape=(groups, *size, shape[-1] // groups, width), name="kernel")
        self.biases = self.add_weight(shape=(groups, width), name="bias")

    def call(self, x):
        groups = self.shape[0][0]
        parts = ops.split(x, groups, -1)
        maps = [ops.conv(parts[i], self.kernels[i], padding="same") + self.biases[0] for i in range(groups)]
        return ops.concatenate(maps, -1)


def grouped_conv(x, filters, kernel_size, groups):
    return Grouped(filters, kernel_size, groups)(x)
