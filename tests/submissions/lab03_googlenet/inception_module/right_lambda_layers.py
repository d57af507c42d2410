# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    relu = layers.Lambda(lambda t: ops.maximum(t, 0))
    a = relu(layers.Conv2D(f1, 1)(x))
    b = relu(layers.Conv2D(f3, 3, padding="same")(relu(layers.Conv2D(f3_reduce, 1)(x))))
    c = relu(layers.Conv2D(f5, 5, padding="same")(relu(layers.Conv2D(f5_reduce, 1)(x))))
    d = layers.Lambda(lambda t: ops.max_pool(t, 3, strides=1, padding="same"))(x)
    d = relu(layers.Conv2D(pool_proj, 1)(d))
    return layers.Lambda(lambda ts: ops.concatenate(ts, axis=-1))([a, b, c, d])
