# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    relu = keras.activations.relu
    settings = {"padding": "same", "activation": relu, "kernel_initializer": "he_normal"}
    first = [layers.Conv2D(f, 1, **settings)(x) for f in (f1, f3_reduce, f5_reduce)]
    one, three, five = first
    outputs = [one]
    for tensor, filters, size in ((three, f3, 3), (five, f5, 5)):
        outputs.append(layers.Conv2D(filters, size, **settings)(tensor))
    outputs += [layers.Conv2D(pool_proj, 1, **settings)(layers.MaxPooling2D(3, strides=1, padding="same")(x))]
    return keras.layers.concatenate(outputs, axis=-1)
