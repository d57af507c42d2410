# verdict: passed
class Average(keras.Layer):
    def call(self, x):
        channels = x.shape[-1]
        kernel = ops.ones((5, 5, channels, 1), dtype=x.dtype) / 25
        return ops.depthwise_conv(x, kernel, strides=3, padding="valid")


def auxiliary_head(x, classes):
    x = layers.Conv2D(128, 1, activation="relu")(Average()(x))
    x = layers.Dense(1024, activation="relu")(layers.Flatten()(x))
    return layers.Dense(classes)(layers.Dropout(0.7)(x))
