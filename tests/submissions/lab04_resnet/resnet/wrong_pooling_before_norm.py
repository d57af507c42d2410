# verdict: failed
# aspect: output
# misconception: resnet_that_pools_before_norm
def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False)(inputs)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    for stage, blocks in enumerate(blocks_per_stage):
        for i in range(blocks):
            x = block(x, 64 * 2**stage, 2 if stage > 0 and i == 0 else 1)
    return keras.Model(inputs, layers.Dense(classes)(layers.GlobalAveragePooling2D()(x)))
