# verdict: failed
# aspect: call
def plain_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(x, filters, 3, stride), filters, 3)
