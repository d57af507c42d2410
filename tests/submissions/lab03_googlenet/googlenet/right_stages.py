# verdict: passed
WIDTHS = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def stage(x, names, pool=False):
    for name in names:
        x = inception_module(x, *WIDTHS[name])
    return ops.max_pool(x, 3, strides=2, padding="same") if pool else x


def googlenet(input_shape, classes):
    image = layers.Input(input_shape)
    a = stage(stage(stem(image), ("3a", "3b"), pool=True), ("4a",))
    b = stage(a, ("4b", "4c", "4d"))
    c = stage(stage(b, ("4e",), pool=True), ("5a", "5b"))
    logits = layers.GlobalAveragePooling2D()(c)
    logits = layers.Dense(classes)(layers.Dropout(0.4)(logits))
    second, first = auxiliary_head(b, classes), auxiliary_head(a, classes)
    return keras.Model(image, (logits, first, second))
