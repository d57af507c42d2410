# verdict: passed
class Branch(keras.Layer):
    """Convolutions from pairs of filters and kernel size, each padded by hand."""

    def __init__(self, *sizes):
        super().__init__()
        self.convs = [layers.Conv2D(f, k, activation="relu") for f, k in sizes]

    def call(self, x):
        for conv in self.convs:
            side = conv.kernel_size[0] // 2
            x = conv(ops.pad(x, [(0, 0), (side, side), (side, side), (0, 0)]))
        return x


def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    low = ops.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)], constant_values=-1e9)
    return layers.concatenate(
        [
            Branch((f1, 1))(x),
            Branch((f3_reduce, 1), (f3, 3))(x),
            Branch((f5_reduce, 1), (f5, 5))(x),
            Branch((pool_proj, 1))(layers.MaxPooling2D(3, strides=1)(low)),
        ]
    )
