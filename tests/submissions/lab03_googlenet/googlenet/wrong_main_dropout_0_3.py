# verdict: failed
# aspect: training
def googlenet(input_shape, classes):
    inputs = keras.Input(input_shape)
    x = stem(inputs)
    x = inception_module(x, 64, 96, 128, 16, 32, 32)  # 3a
    x = inception_module(x, 128, 128, 192, 32, 96, 64)  # 3b
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = inception_module(x, 192, 96, 208, 16, 48, 64)  # 4a
    aux1 = auxiliary_head(x, classes)
    x = inception_module(x, 160, 112, 224, 24, 64, 64)  # 4b
    x = inception_module(x, 128, 128, 256, 24, 64, 64)  # 4c
    x = inception_module(x, 112, 144, 288, 32, 64, 64)  # 4d
    aux2 = auxiliary_head(x, classes)
    x = inception_module(x, 256, 160, 320, 32, 128, 128)  # 4e
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = inception_module(x, 256, 160, 320, 32, 128, 128)  # 5a
    x = inception_module(x, 384, 192, 384, 48, 128, 128)  # 5b
    main = gap_head(x, classes, 0.3)
    return keras.Model(inputs, [main, aux1, aux2])
