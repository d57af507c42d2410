# verdict: passed
def plain_block(x, filters, strides=1):
    for step in (strides, 1):
        x = conv_bn_relu(x, filters, 3, step)
    return x
