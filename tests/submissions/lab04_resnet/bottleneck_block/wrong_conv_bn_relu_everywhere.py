# verdict: failed
# aspect: output
# misconception: bottleneck_of_conv_bn_relus
def bottleneck_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 1, strides)
    y = conv_bn_relu(y, filters, 3)
    y = conv_bn_relu(y, 4 * filters, 1)
    if x.shape != y.shape:
        x = conv_bn_relu(x, 4 * filters, 1, strides)
    return layers.ReLU()(layers.Add()([x, y]))
