# verdict: failed
# aspect: call
class Stem(keras.Layer):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(192, 7, strides=8, padding="same", activation="relu")

    def call(self, x):
        return self.conv(x)


stem = Stem
