# verdict: failed
# aspect: output
def plain_block(x, filters, strides=1):
    for step in (strides, 1):
        x = layers.Conv2D(filters, 3, strides=step, padding="same", use_bias=False)(x)
        x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
    return x
