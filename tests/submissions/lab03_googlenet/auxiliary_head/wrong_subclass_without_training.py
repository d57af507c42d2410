# verdict: failed
# aspect: training
# misconception: auxiliary_without_dropout
class Head(keras.Layer):
    def __init__(self, classes):
        super().__init__()
        self.conv = layers.Conv2D(128, 1, activation="relu")
        self.hidden = layers.Dense(1024, activation="relu")
        self.dropout = layers.Dropout(0.7)
        self.logits = layers.Dense(classes)
        self.flatten = layers.Flatten()

    def call(self, x):
        x = ops.average_pool(x, 5, strides=3, padding="valid")
        x = self.hidden(self.flatten(self.conv(x)))
        return self.logits(self.dropout(x, training=False))


def auxiliary_head(x, classes):
    return Head(classes)(x)
