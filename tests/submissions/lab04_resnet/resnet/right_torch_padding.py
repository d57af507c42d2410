# verdict: passed
def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(64, 7, strides=2, use_bias=False)(layers.ZeroPadding2D(3)(x))
    x = layers.ReLU()(layers.BatchNormalization(epsilon=1e-5)(x))
    x = layers.MaxPooling2D(3, strides=2)(layers.ZeroPadding2D(1)(x))
    for stage, blocks in enumerate(blocks_per_stage):
        for i in range(blocks):
            x = block(x, 64 * 2**stage, 2 if stage and not i else 1)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
