# verdict: passed
class Inception(keras.Layer):
    def __init__(self, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
        super().__init__()
        self.one = layers.Conv2D(f1, 1, activation="relu")
        self.reduce3 = layers.Conv2D(f3_reduce, 1, activation="relu")
        self.three = layers.Conv2D(f3, 3, padding="same", activation="relu")
        self.reduce5 = layers.Conv2D(f5_reduce, 1, activation="relu")
        self.five = layers.Conv2D(f5, 5, padding="same", activation="relu")
        self.pool = layers.MaxPooling2D(3, strides=1, padding="same")
        self.project = layers.Conv2D(pool_proj, 1, activation="relu")

    def call(self, x):
        branches = [
            self.one(x),
            self.three(self.reduce3(x)),
            self.five(self.reduce5(x)),
            self.project(self.pool(x)),
        ]
        return ops.concatenate(branches, axis=-1)


def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    return Inception(f1, f3_reduce, f3, f5_reduce, f5, pool_proj)(x)
