# verdict: failed
# aspect: call
def plain_block(x, filters, strides):
    return conv_bn_relu(conv_bn_relu(x, filters, 3, strides), filters, 3)
