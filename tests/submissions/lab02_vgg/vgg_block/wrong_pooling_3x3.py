# verdict: failed
# aspect: output
# misconception: block_with_a_3x3_pool
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return ops.max_pool(x, 3, strides=2)
