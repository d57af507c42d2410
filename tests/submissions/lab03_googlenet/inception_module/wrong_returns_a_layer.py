# verdict: failed
# aspect: shape
class Inception(keras.Layer):
    def __init__(self, widths):
        super().__init__()
        self.widths = widths

    def call(self, x):
        return x


def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    return Inception((f1, f3_reduce, f3, f5_reduce, f5, pool_proj))
