# verdict: passed
def part(shape, widths, pool_at=None, images=False):
    inputs = keras.Input(shape)
    x = stem(inputs) if images else inputs
    for i, w in enumerate(widths):
        if i == pool_at:
            x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
        x = inception_module(x, *w)
    return keras.Model(inputs, x)


def googlenet(input_shape, classes):
    first = part(
        input_shape,
        [(64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64), (192, 96, 208, 16, 48, 64)],
        pool_at=2,
        images=True,
    )
    second = part(
        first.output.shape[1:],
        [(160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64), (112, 144, 288, 32, 64, 64)],
    )
    third = part(
        second.output.shape[1:],
        [(256, 160, 320, 32, 128, 128), (256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128)],
        pool_at=1,
    )
    x = keras.Input(input_shape)
    after_4a = first(x)
    after_4d = second(after_4a)
    main = gap_head(third(after_4d), classes)
    return keras.Model(x, [main, auxiliary_head(after_4a, classes), auxiliary_head(after_4d, classes)])
