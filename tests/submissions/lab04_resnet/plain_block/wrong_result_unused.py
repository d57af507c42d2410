# verdict: failed
# aspect: params
# misconception: block_of_one_convolution
def plain_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = conv_bn_relu(x, filters, 3, strides)
    return y
