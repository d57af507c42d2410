# verdict: failed
# aspect: shape
def plain_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    return y, conv_bn_relu(y, filters, 3)
