# verdict: passed
def stem(x):
    def lrn(x):
        squares = ops.pad(ops.square(x), [[0, 0], [0, 0], [0, 0], [2, 2]])
        n = x.shape[-1]
        total = sum(squares[..., i : i + n] for i in range(5))
        return x / ops.power(2.0 + 1e-4 * total, 0.75)

    x = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")(x)
    x = lrn(layers.MaxPooling2D(3, strides=2, padding="same")(x))
    x = layers.Conv2D(64, 1, activation="relu")(x)
    x = layers.Conv2D(192, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(3, strides=2, padding="same")(lrn(x))
