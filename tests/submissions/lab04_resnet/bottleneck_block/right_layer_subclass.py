# verdict: passed
class Bottleneck(keras.Layer):
    def __init__(self, filters, strides, fits):
        super().__init__()
        sizes = [(filters, 1, strides), (filters, 3, 1), (4 * filters, 1, 1)]
        sizes += [] if fits else [(4 * filters, 1, strides)]
        self.convs = [layers.Conv2D(f, k, s, padding="same", use_bias=False) for f, k, s in sizes]
        self.norms = [layers.BatchNormalization() for _ in sizes]

    def call(self, x, training=None):
        y, way = x, list(zip(self.convs, self.norms))
        for i, (conv, norm) in enumerate(way[:3]):
            y = norm(conv(y), training=training)
            y = ops.relu(y) if i < 2 else y
        for conv, norm in way[3:]:
            x = norm(conv(x), training=training)
        return ops.relu(x + y)


def bottleneck_block(x, filters, strides=1):
    return Bottleneck(filters, strides, x.shape[-1] == 4 * filters and strides == 1)(x)
