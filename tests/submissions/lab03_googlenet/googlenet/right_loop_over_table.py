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
    inputs = keras.Input(shape=input_shape)
    x = stem(inputs)
    outputs = []
    for name, widths in MODULES.items():
        x = inception_module(x, *widths)
        if name in ("4a", "4d"):
            outputs.append(auxiliary_head(x, classes))
        if name in ("3b", "4e"):
            x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return keras.Model(inputs=inputs, outputs=[gap_head(x, classes), *outputs], name="googlenet")
