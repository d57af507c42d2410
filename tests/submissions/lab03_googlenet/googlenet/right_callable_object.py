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


class Builder:
    halve_before = {"4a", "5a"}
    listen_after = {"4a", "4d"}

    def __call__(self, input_shape, classes):
        inputs = keras.Input(input_shape)
        x, heads = stem(inputs), []
        for name, widths in MODULES.items():
            if name in self.halve_before:
                x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
            x = inception_module(x, *widths)
            if name in self.listen_after:
                heads.append(auxiliary_head(x, classes))
        return keras.Model(inputs, [gap_head(x, classes)] + heads)


googlenet = Builder()
