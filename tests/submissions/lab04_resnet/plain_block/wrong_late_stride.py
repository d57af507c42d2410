# verdict: failed
# aspect: output
# misconception: block_with_a_late_stride
def plain_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(x, filters, 3), filters, 3, strides=strides)
