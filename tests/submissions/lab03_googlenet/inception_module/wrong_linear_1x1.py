# verdict: failed
# aspect: output
# misconception: module_with_one_linear_1x1
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: ops.relu(layers.Conv2D(f, k, padding="same")(x))
    a = layers.Conv2D(f1, 1)(x)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate()(
        [
            a,
            conv(conv(x, f3_reduce, 1), f3, 3),
            conv(conv(x, f5_reduce, 1), f5, 5),
            conv(pooled, pool_proj, 1),
        ]
    )
