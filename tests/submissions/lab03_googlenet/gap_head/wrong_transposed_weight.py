# verdict: failed
# aspect: output
class Transposed(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(self.units, shape[-1]), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), name="bias")

    def call(self, x):
        return ops.matmul(x, ops.transpose(self.kernel)) + self.bias


def gap_head(x, classes, dropout_rate=0.4):
    x = layers.Dropout(dropout_rate)(layers.GlobalAveragePooling2D()(x))
    return Transposed(classes)(x)
