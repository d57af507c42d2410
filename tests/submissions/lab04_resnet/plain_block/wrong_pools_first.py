# verdict: failed
# aspect: output
# misconception: block_with_a_pooling
def plain(x, filters):
    return conv_bn_relu(conv_bn_relu(x, filters, 3), filters, 3)


def plain_block(x, filters, strides=1):
    return plain(layers.MaxPooling2D(strides, strides, padding="same")(x), filters)
