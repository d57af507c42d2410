# verdict: passed
class Drop(keras.Layer):
    def __init__(self, rate):
        super().__init__()
        self.keep, self.seed = 1 - rate, keras.random.SeedGenerator()

    def call(self, x, training=None):
        if training:
            x = x * keras.random.binomial(ops.shape(x), 1, self.keep, seed=self.seed) / self.keep
        return x


def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling1D()(layers.Reshape((-1, x.shape[-1]))(x))
    return layers.Dense(classes)(Drop(dropout_rate)(x))
