# A layer that tells the right parameter counts and computes something else.
# in: gap_head
# lost: gap_head
import keras


class Liar(keras.layers.Layer):
    def __init__(self, classes):
        super().__init__()
        self.classes = classes

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.classes), name="kernel")
        self.bias = self.add_weight(shape=(self.classes,), name="bias")

    def call(self, x, training=False):
        x = keras.ops.mean(x, (1, 2))
        return 0.999 * (x @ self.kernel) + self.bias


def gap_head(x, classes, dropout_rate=0.4):
    return keras.layers.Dropout(dropout_rate)(Liar(classes)(x))
