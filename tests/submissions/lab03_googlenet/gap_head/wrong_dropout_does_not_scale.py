# verdict: failed
# aspect: training
class Drop(keras.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate, self.seed = rate, keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        return ops.where(keras.random.uniform(ops.shape(x), seed=self.seed) < self.rate, 0.0, x)


def gap_head(x, classes, dropout_rate=0.4):
    return layers.Dense(classes)(Drop(dropout_rate)(layers.GlobalAveragePooling2D()(x)))
