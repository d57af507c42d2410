# verdict: passed
def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    x = conv_bn_relu(x, 64, 7, 2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    widths = [64, 128, 256, 512, 1024, 2048]
    strides = [1] + 5 * [2]
    for blocks, filters, first in zip(blocks_per_stage, widths, strides):
        for step in [first] + [1] * (blocks - 1):
            x = block(x, filters, strides=step)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
