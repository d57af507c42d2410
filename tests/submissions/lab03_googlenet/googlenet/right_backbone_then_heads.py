# verdict: passed
MODULES = {
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


def googlenet(input_shape, classes):
    inputs = keras.Input(input_shape)
    taps = {"stem": stem(inputs)}
    x = taps["stem"]
    for name, widths in MODULES.items():
        if name in ("4a", "5a"):
            x = layers.MaxPool2D((3, 3), (2, 2), padding="same")(x)
        x = taps[name] = inception_module(x, *widths)
    backbone = keras.Model(inputs, [taps["5b"], taps["4a"], taps["4d"]])

    image = keras.Input(input_shape)
    last, early, late = backbone(image)
    return keras.Model(
        image, [gap_head(last, classes), auxiliary_head(early, classes), auxiliary_head(late, classes)]
    )
