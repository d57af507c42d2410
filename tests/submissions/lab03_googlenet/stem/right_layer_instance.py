# verdict: passed
class Stem(keras.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.conv1 = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")
        self.conv2 = layers.Conv2D(64, 1, activation="relu")
        self.conv3 = layers.Conv2D(192, 3, padding="same", activation="relu")
        self.lrn = LocalResponseNormalization()
        self.pool = layers.MaxPooling2D(3, strides=2, padding="same")

    def call(self, x):
        x = self.lrn(self.pool(self.conv1(x)))
        x = self.lrn(self.conv3(self.conv2(x)))
        return self.pool(x)


stem = Stem()
