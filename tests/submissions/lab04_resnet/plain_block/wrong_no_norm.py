# verdict: failed
# aspect: params
# misconception: block_without_norm
def plain_block(x, filters, strides=1):
    for step in (strides, 1):
        x = layers.ReLU()(layers.Conv2D(filters, 3, strides=step, padding="same")(x))
    return x
