# verdict: failed
# aspect: shape
def plain_block(x, filters, strides=1):
    x = conv_bn_relu(x, filters, 3, 2 if strides == 2 else 1)
    return conv_bn_relu(x, filters, 3)
