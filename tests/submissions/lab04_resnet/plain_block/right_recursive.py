# verdict: passed
def plain_block(x, filters, strides=1):
    def convs(x, n, step):
        return x if n == 0 else convs(conv_bn_relu(x, filters, 3, step), n - 1, 1)

    return convs(x, 2, strides)
