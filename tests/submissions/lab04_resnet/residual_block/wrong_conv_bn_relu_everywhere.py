# verdict: failed
# aspect: output
# misconception: residual_of_conv_bn_relus
def residual_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = conv_bn_relu(y, filters, 3)
    if x.shape != y.shape:
        x = conv_bn_relu(x, filters, 1, strides)
    return layers.ReLU()(layers.Add()([x, y]))
