# verdict: failed
# aspect: training
def plain_block(x, filters, strides=1):
    for step in (strides, 1):
        x = layers.Conv2D(filters, 3, strides=step, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=1.0)(x))
    return x
