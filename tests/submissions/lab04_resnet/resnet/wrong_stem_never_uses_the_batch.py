# verdict: failed
# aspect: training
class Stem(keras.Layer):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False)
        self.norm = layers.BatchNormalization()
        self.pool = layers.MaxPooling2D(3, strides=2, padding="same")

    def call(self, x):
        return self.pool(ops.relu(self.norm(self.conv(x), training=False)))


def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    inputs = keras.Input(input_shape)
    x = Stem()(inputs)
    for stage, blocks in enumerate(blocks_per_stage):
        for i in range(blocks):
            x = block(x, 64 * 2**stage, 2 if stage > 0 and i == 0 else 1)
    return keras.Model(inputs, layers.Dense(classes)(layers.GlobalAveragePooling2D()(x)))
