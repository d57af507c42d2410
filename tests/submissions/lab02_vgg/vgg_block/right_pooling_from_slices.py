# verdict: passed
def vgg_block(x, filters, convs):
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h, w = x.shape[1] // 2 * 2, x.shape[2] // 2 * 2
    rows = ops.maximum(x[:, 0:h:2], x[:, 1:h:2])
    return ops.maximum(rows[:, :, 0:w:2], rows[:, :, 1:w:2])
