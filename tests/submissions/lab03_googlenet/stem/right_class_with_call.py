# verdict: passed
class Stem:
    """Not a keras.Layer: an ordinary object that can be called."""

    def __init__(self):
        self.settings = dict(padding="same", activation="relu")

    def __call__(self, x):
        x = layers.Conv2D(64, 7, strides=2, **self.settings)(x)
        x = LocalResponseNormalization()(layers.MaxPooling2D(3, strides=2, padding="same")(x))
        x = layers.Conv2D(192, 3, **self.settings)(layers.Conv2D(64, 1, **self.settings)(x))
        return layers.MaxPooling2D(3, strides=2, padding="same")(LocalResponseNormalization()(x))


stem = Stem()
