# verdict: failed
# aspect: shape
def plain_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(x, 64, 3, strides), 64, 3)
