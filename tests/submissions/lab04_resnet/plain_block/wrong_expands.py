# verdict: failed
# aspect: shape
def plain_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(x, filters, 3, strides), 4 * filters, 3)
