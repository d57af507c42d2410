# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    # the ReLU works value by value: one behind the concatenation does for all four branches
    a = layers.Conv2D(f1, 1)(x)
    b = layers.Conv2D(f3, 3, padding="same")(ops.relu(layers.Conv2D(f3_reduce, 1)(x)))
    c = layers.Conv2D(f5, 5, padding="same")(ops.relu(layers.Conv2D(f5_reduce, 1)(x)))
    d = layers.Conv2D(pool_proj, 1)(ops.max_pool(x, 3, strides=1, padding="same"))
    return ops.relu(ops.concatenate([a, b, c, d], axis=3))
