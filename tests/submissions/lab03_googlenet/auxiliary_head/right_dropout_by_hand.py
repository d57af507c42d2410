# verdict: passed
class Drop(keras.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate, self.seed = rate, keras.random.SeedGenerator(1)

    def call(self, x, training=None):
        if not training:
            return x
        kept = keras.random.uniform(ops.shape(x), seed=self.seed) >= self.rate
        return ops.where(kept, x / (1 - self.rate), 0.0)


def auxiliary_head(x, classes):
    x = ops.average_pool(x, 5, strides=3, padding="valid")
    x = ops.relu(layers.Dense(128)(x))
    x = ops.reshape(x, (-1, x.shape[1] * x.shape[2] * x.shape[3]))
    return layers.Dense(classes)(Drop(0.7)(layers.Dense(1024, activation="relu")(x)))
