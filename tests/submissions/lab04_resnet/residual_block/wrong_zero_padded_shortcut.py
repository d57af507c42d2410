# verdict: failed
# aspect: params
# misconception: residual_with_a_padded_shortcut
def residual_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(y))

    if x.shape != y.shape:
        x = x[:, ::strides, ::strides]
        missing = filters - x.shape[-1]
        x = ops.pad(x, [(0, 0), (0, 0), (0, 0), (0, max(missing, 0))])[..., :filters]
    return ops.relu(x + y)
