# verdict: failed
# aspect: params
import functools


@functools.cache
def five(channels, reduce, filters):
    return keras.Sequential(
        [
            keras.Input((None, None, channels)),
            layers.Conv2D(reduce, 1, activation="relu"),
            layers.Conv2D(filters, 5, padding="same", activation="relu"),
        ]
    )


def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.Conv2D(f, k, padding="same", activation="relu")(x)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate()(
        [
            conv(x, f1, 1),
            conv(conv(x, f3_reduce, 1), f3, 3),
            five(x.shape[-1], f5_reduce, f5)(x),
            conv(pooled, pool_proj, 1),
        ]
    )
