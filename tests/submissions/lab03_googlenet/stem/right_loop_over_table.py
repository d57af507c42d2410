# verdict: passed
def stem(x):
    table = [
        (layers.Conv2D, dict(filters=64, kernel_size=7, strides=2, padding="same", activation="relu")),
        (layers.MaxPooling2D, dict(pool_size=3, strides=2, padding="same")),
        (LocalResponseNormalization, {}),
        (layers.Conv2D, dict(filters=64, kernel_size=1, activation="relu")),
        (layers.Conv2D, dict(filters=192, kernel_size=3, padding="same", activation="relu")),
        (LocalResponseNormalization, {}),
        (layers.MaxPooling2D, dict(pool_size=3, strides=2, padding="same")),
    ]
    for kind, options in table:
        x = kind(**options)(x)
    return x
