# verdict: passed
class VGG(keras.Model):
    def __init__(self, convs_per_stage, classes):
        super().__init__()
        self.stages = []
        for filters, convs in zip((64, 128, 256, 512, 512), convs_per_stage):
            self.stages += [
                layers.Conv2D(filters, 3, padding="same", activation="relu") for _ in range(convs)
            ]
            self.stages += [layers.MaxPooling2D(2)]
        self.flatten = layers.Flatten()
        self.hidden = [layers.Dense(4096, activation="relu") for _ in range(2)]
        self.drop = layers.Dropout(0.5)
        self.logits = layers.Dense(classes)

    def call(self, x, training=None):
        for layer in self.stages:
            x = layer(x)
        x = self.flatten(x)
        for layer in self.hidden:
            x = self.drop(layer(x), training=training)
        return self.logits(x)


def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    return VGG(convs_per_stage, classes)
