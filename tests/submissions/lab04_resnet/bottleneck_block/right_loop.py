# verdict: passed
def bottleneck_block(x, filters, strides=1):
    y = x
    for width, kernel, step in ((filters, 1, strides), (filters, 3, 1), (4 * filters, 1, 1)):
        y = layers.Conv2D(width, kernel, strides=step, padding="same", use_bias=False)(y)
        y = layers.BatchNormalization()(y)
        if width == filters:
            y = layers.ReLU()(y)
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x))
    return layers.ReLU()(layers.add([y, x]))
