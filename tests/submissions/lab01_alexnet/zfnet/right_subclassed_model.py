# verdict: passed
class ZF(keras.Model):
    def __init__(self, classes, **kw):
        super().__init__(**kw)
        self.features = keras.Sequential(
            [layers.ZeroPadding2D(1), layers.Conv2D(96, 7, 2, activation="relu")]
        )
        self.second = layers.Conv2D(256, 5, 2, activation="relu")
        self.pool = layers.MaxPooling2D(3, 2, "same")
        self.rest = keras.Sequential(
            [layers.Conv2D(f, 3, padding="same", activation="relu") for f in (384, 384, 256)]
            + [layers.MaxPooling2D(3, 2), layers.Flatten()]
        )
        self.fc6, self.fc7, self.fc8 = (
            layers.Dense(4096, activation="relu"),
            layers.Dense(4096, activation="relu"),
            layers.Dense(classes),
        )
        self.d6, self.d7 = layers.Dropout(0.5), layers.Dropout(0.5)

    def call(self, inputs, training=None):
        x = self.pool(local_response_norm(self.features(inputs)))
        x = self.pool(local_response_norm(self.second(x)))
        x = self.d6(self.fc6(self.rest(x)), training=training)
        return self.fc8(self.d7(self.fc7(x), training=training))


def zfnet(input_shape=(224, 224, 3), classes=1000):
    net = ZF(classes)
    net.build((None,) + tuple(input_shape))
    return net
