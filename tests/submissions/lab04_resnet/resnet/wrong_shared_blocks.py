# verdict: failed
# aspect: params
def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    x = conv_bn_relu(x, 64, 7, 2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for stage, blocks in enumerate(blocks_per_stage):
        x = block(x, 64 * 2**stage, 2 if stage else 1)
        if blocks > 1:
            inner = keras.Input(x.shape[1:])
            again = keras.Model(inner, block(inner, 64 * 2**stage))
            for _ in range(blocks - 1):
                x = again(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
