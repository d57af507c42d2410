# verdict: failed
# aspect: output
def bottleneck_block(x, filters, strides=1):
    y = x
    for kernel_size, step in ((1, strides), (3, 1)):
        y = layers.Conv2D(filters, kernel_size, strides=step, padding="same", use_bias=False)(y)
        y = ops.relu6(layers.BatchNormalization()(y))
    y = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, use_bias=False)(y))
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x))
    return ops.relu(x + y)
