# verdict: passed
class Inception(keras.Layer):
    def __init__(self, *widths):
        super().__init__()
        sizes = (1, 1, 3, 1, 5, 1)
        self.convs = [layers.Conv2D(f, k, padding="same", activation="relu") for f, k in zip(widths, sizes)]

    def call(self, x):
        one, reduce3, three, reduce5, five, project = self.convs
        pooled = ops.max_pool(x, 3, strides=1, padding="same")
        return ops.concatenate([one(x), three(reduce3(x)), five(reduce5(x)), project(pooled)], axis=-1)


class Pool(keras.Layer):
    def call(self, x):
        return ops.max_pool(x, 3, strides=2, padding="same")


def googlenet(input_shape, classes):
    body = [
        keras.Sequential([Inception(64, 96, 128, 16, 32, 32), Inception(128, 128, 192, 32, 96, 64), Pool()]),
        Inception(192, 96, 208, 16, 48, 64),
        keras.Sequential(
            [
                Inception(160, 112, 224, 24, 64, 64),
                Inception(128, 128, 256, 24, 64, 64),
                Inception(112, 144, 288, 32, 64, 64),
            ]
        ),
        keras.Sequential(
            [
                Inception(256, 160, 320, 32, 128, 128),
                Pool(),
                Inception(256, 160, 320, 32, 128, 128),
                Inception(384, 192, 384, 48, 128, 128),
            ]
        ),
    ]
    x = keras.Input(input_shape)
    features = [stem(x)]
    for layer in body:
        features.append(layer(features[-1]))
    return keras.Model(
        x,
        [
            gap_head(features[4], classes),
            auxiliary_head(features[2], classes),
            auxiliary_head(features[3], classes),
        ],
    )
