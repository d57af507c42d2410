# verdict: passed
class Stage(keras.Layer):
    def __init__(self, filters, convs):
        super().__init__()
        self.convs = [layers.Conv2D(filters, 3, padding="same") for _ in range(convs)]
        self.pool = layers.MaxPooling2D(2, 2)

    def call(self, x):
        for conv in self.convs:
            x = keras.activations.relu(conv(x))
        return self.pool(x)


def vgg_block(x, filters, convs):
    return Stage(filters, convs)(x)
