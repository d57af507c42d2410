# verdict: failed
# aspect: output
# misconception: bottleneck_with_a_relu_on_the_shortcut
def bottleneck_block(x, filters, strides=1):
    y = x
    y = layers.Conv2D(filters, 1, strides=strides, padding="same", use_bias=False)(y)
    y = ops.relu(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(y)
    y = ops.relu(layers.BatchNormalization()(y))
    y = layers.Conv2D(4 * filters, 1, strides=1, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x))
    return ops.relu(ops.relu(x) + y)
