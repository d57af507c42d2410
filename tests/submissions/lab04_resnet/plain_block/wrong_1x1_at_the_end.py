# verdict: failed
# aspect: params
# misconception: block_that_ends_in_1x1
def plain_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(x, filters, 3, strides), filters, kernel_size=1)
