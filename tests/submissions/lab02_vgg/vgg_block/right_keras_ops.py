# verdict: passed
def vgg_block(x, filters, convs):
    for _ in range(convs):
        x = ops.relu(layers.Conv2D(filters, 3, padding="same")(x))
    return ops.max_pool(x, 2, strides=2, padding="valid")
