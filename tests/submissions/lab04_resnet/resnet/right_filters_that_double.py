# verdict: passed
def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    x = conv_bn_relu(x, 64, 7, 2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    filters = 64
    for stage, blocks in enumerate(blocks_per_stage):
        x = block(x, filters, 1 if stage == 0 else 2)
        for _ in range(blocks - 1):
            x = block(x, filters)
        filters *= 2
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
