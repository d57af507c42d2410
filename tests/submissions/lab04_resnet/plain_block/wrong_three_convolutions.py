# verdict: failed
# aspect: params
# misconception: block_of_three_convolutions
def plain_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(conv_bn_relu(x, filters, 3, strides), filters, 3), filters, 3)
