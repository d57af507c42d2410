# verdict: passed
class Inception(keras.Layer):
    def __init__(self, *widths):
        super().__init__()
        sizes = (1, 1, 3, 1, 5, 1)
        self.convs = [layers.Conv2D(f, k, padding="same", activation="relu") for f, k in zip(widths, sizes)]
        self.pool = layers.MaxPooling2D(3, strides=1, padding="same")
        self.join = layers.Concatenate()

    def call(self, x):
        one, reduce3, three, reduce5, five, project = self.convs
        return self.join([one(x), three(reduce3(x)), five(reduce5(x)), project(self.pool(x))])


def half():
    return layers.MaxPooling2D(3, strides=2, padding="same")


def auxiliary(classes):
    return keras.Sequential(
        [
            layers.AveragePooling2D(5, strides=3),
            layers.Conv2D(128, 1, activation="relu"),
            layers.Flatten(),
            layers.Dense(1024, activation="relu"),
            layers.Dropout(0.7),
            layers.Dense(classes),
        ]
    )


class GoogLeNet(keras.Model):
    def __init__(self, classes):
        super().__init__()
        conv = lambda f, k, s=1: layers.Conv2D(f, k, strides=s, padding="same", activation="relu")
        self.first = keras.Sequential([conv(64, 7, 2), half(), LocalResponseNormalization(), conv(64, 1)])
        self.first.add(conv(192, 3))
        self.first.add(LocalResponseNormalization())
        self.first.add(half())
        self.stage3 = keras.Sequential(
            [Inception(64, 96, 128, 16, 32, 32), Inception(128, 128, 192, 32, 96, 64), half()]
        )
        self.stage4a = Inception(192, 96, 208, 16, 48, 64)
        self.stage4bcd = keras.Sequential(
            [
                Inception(160, 112, 224, 24, 64, 64),
                Inception(128, 128, 256, 24, 64, 64),
                Inception(112, 144, 288, 32, 64, 64),
            ]
        )
        self.last = keras.Sequential(
            [
                Inception(256, 160, 320, 32, 128, 128),
                half(),
                Inception(256, 160, 320, 32, 128, 128),
                Inception(384, 192, 384, 48, 128, 128),
                layers.GlobalAveragePooling2D(),
                layers.Dropout(0.4),
                layers.Dense(classes),
            ]
        )
        self.aux1, self.aux2 = auxiliary(classes), auxiliary(classes)

    def call(self, x, training=None):
        x = self.stage4a(self.stage3(self.first(x, training=training), training=training))
        y = self.stage4bcd(x, training=training)
        main = self.last(y, training=training)
        return [main, self.aux1(x, training=training), self.aux2(y, training=training)]


def googlenet(input_shape, classes):
    model = GoogLeNet(classes)
    model(keras.Input(input_shape))
    return model
