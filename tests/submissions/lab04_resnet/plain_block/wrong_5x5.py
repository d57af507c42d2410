# verdict: failed
# aspect: params
# misconception: block_of_5x5
def plain_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(x, filters, kernel_size=5, strides=strides), filters, 5)
