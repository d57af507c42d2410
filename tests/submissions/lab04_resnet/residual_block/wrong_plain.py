# verdict: failed
# aspect: params
# misconception: residual_without_shortcut
def residual_block(x, filters, strides=1):
    return conv_bn_relu(conv_bn_relu(x, filters, 3, strides), filters, 3)
