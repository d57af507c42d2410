# verdict: failed
# aspect: output
# misconception: block_that_averages
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return ops.average_pool(x, 2)
