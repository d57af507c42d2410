# verdict: passed
class ResNet(keras.Model):
    def __init__(self, blocks_per_stage, block, input_shape, classes):
        x = inputs = keras.Input(input_shape)
        x = conv_bn_relu(x, 64, 7, 2)
        x = layers.MaxPooling2D(3, 2, padding="same")(x)
        for stage, blocks in enumerate(blocks_per_stage):
            for i in range(blocks):
                x = block(x, 64 * 2**stage, 1 + (stage > 0 and i == 0))
        x = layers.Dense(classes)(layers.GlobalAveragePooling2D()(x))
        super().__init__(inputs=inputs, outputs=x)


def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    return ResNet(blocks_per_stage, block, input_shape, classes)
