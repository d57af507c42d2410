# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    branches = [
        keras.Sequential([layers.Conv2D(f1, 1, activation="relu")]),
        keras.Sequential(
            [
                layers.Conv2D(f3_reduce, 1, activation="relu"),
                layers.Conv2D(f3, 3, padding="same", activation="relu"),
            ]
        ),
        keras.Sequential(
            [
                layers.Conv2D(f5_reduce, 1, activation="relu"),
                layers.Conv2D(f5, 5, padding="same", activation="relu"),
            ]
        ),
        keras.Sequential(
            [
                layers.MaxPooling2D(3, strides=1, padding="same"),
                layers.Conv2D(pool_proj, 1, activation="relu"),
            ]
        ),
    ]
    return layers.Concatenate(axis=-1)([branch(x) for branch in branches])
