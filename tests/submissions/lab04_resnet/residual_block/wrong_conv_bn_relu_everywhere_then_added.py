# verdict: failed
# aspect: output
# misconception: residual_of_conv_bn_relus_alone
def residual_block(x, filters, strides=1):
    shortcut = x
    x = conv_bn_relu(x, filters, 3, strides)
    x = conv_bn_relu(x, filters, 3)
    if strides != 1 or shortcut.shape[-1] != filters:
        shortcut = conv_bn_relu(shortcut, filters, 1, strides)
    return x + shortcut
