# verdict: failed
# aspect: output
# misconception: block_that_pools_first
def vgg_block(x, filters, convs):
    x = ops.max_pool(x, 2)
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return x
