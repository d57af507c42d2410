# verdict: failed
# aspect: call
def resnet(blocks_per_stage, block, input_shape, classes):
    x = inputs = keras.Input(input_shape)
    x = conv_bn_relu(x, 64, 7, 2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for stage, blocks in enumerate(blocks_per_stage):
        for i in range(blocks):
            x = block(x, 64 * 2**stage, 2 if stage and not i else 1)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
