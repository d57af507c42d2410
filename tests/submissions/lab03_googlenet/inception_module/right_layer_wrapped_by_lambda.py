# verdict: passed
class Inception(layers.Layer):
    def __init__(self, widths, **kwargs):
        super().__init__(**kwargs)
        self.widths = widths

    def build(self, input_shape):
        sizes = (1, 1, 3, 1, 5, 1)
        self.convs = [
            layers.Conv2D(f, k, padding="same", activation="relu") for f, k in zip(self.widths, sizes)
        ]
        f1, f3_reduce, f3, f5_reduce, f5, pool_proj = self.widths
        channels = input_shape[-1]
        for conv, c in zip(self.convs, (channels, channels, f3_reduce, channels, f5_reduce, channels)):
            conv.build((*input_shape[:-1], c))

    def call(self, x):
        one, reduce3, three, reduce5, five, project = self.convs
        pooled = ops.max_pool(x, (3, 3), strides=1, padding="same")
        return ops.concatenate([one(x), three(reduce3(x)), five(reduce5(x)), project(pooled)], axis=-1)


inception_module = lambda x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj: Inception(
    (f1, f3_reduce, f3, f5_reduce, f5, pool_proj)
)(x)
