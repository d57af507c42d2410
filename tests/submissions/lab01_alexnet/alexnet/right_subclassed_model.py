# verdict: passed
class AlexNet(keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.conv1 = layers.Conv2D(96, 11, 4, activation="relu")
        self.conv2 = layers.Conv2D(256, 5, padding="same", groups=2, activation="relu")
        self.conv3 = layers.Conv2D(384, 3, padding="same", activation="relu")
        self.conv4 = [layers.Conv2D(192, 3, padding="same", activation="relu") for _ in range(2)]
        self.conv5 = [layers.Conv2D(128, 3, padding="same", activation="relu") for _ in range(2)]
        self.pool = layers.MaxPooling2D(3, 2)
        self.hidden = [layers.Dense(4096, "relu"), layers.Dense(4096, "relu")]
        self.flatten, self.drop = layers.Flatten(), layers.Dropout(0.5)
        self.logits = layers.Dense(classes)

    def call(self, x, training=False):
        x = self.pool(local_response_norm(self.conv1(x)))
        x = self.conv3(self.pool(local_response_norm(self.conv2(x))))
        for pair in (self.conv4, self.conv5):
            x = ops.concatenate(
                [conv(half) for conv, half in zip(pair, ops.split(x, 2, -1), strict=True)], -1
            )
        x = self.flatten(self.pool(x))
        for dense in self.hidden:
            x = self.drop(dense(x), training=training)
        return self.logits(x)


def alexnet(input_shape=(227, 227, 3), classes=1000):
    model = AlexNet(classes)
    model.build((None, *input_shape))
    return model
