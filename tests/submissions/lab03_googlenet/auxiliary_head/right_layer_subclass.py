# verdict: passed
class AuxiliaryHead(keras.Layer):
    def __init__(self, classes):
        super().__init__()
        self.pool = layers.AveragePooling2D(5, strides=3)
        self.conv = layers.Conv2D(128, 1, activation="relu")
        self.flatten = layers.Flatten()
        self.hidden = layers.Dense(1024, activation="relu")
        self.dropout = layers.Dropout(0.7)
        self.logits = layers.Dense(classes)

    def call(self, x, training=None):
        x = self.flatten(self.conv(self.pool(x)))
        x = self.dropout(self.hidden(x), training=training)
        return self.logits(x)


def auxiliary_head(x, classes):
    return AuxiliaryHead(classes)(x)
