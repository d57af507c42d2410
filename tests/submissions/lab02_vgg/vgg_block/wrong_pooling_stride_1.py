# verdict: failed
# aspect: shape
# misconception: block_with_a_pool_of_stride_1
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return ops.max_pool(x, 2, strides=1)
