# verdict: passed
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h, w = x.shape[1] // 2, x.shape[2] // 2
    x = x[:, : 2 * h, : 2 * w]
    return ops.max(ops.reshape(x, (-1, h, 2, w, 2, filters)), axis=(2, 4))
