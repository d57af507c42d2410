# verdict: failed
# aspect: params
# misconception: block_with_one_norm
def plain_block(x, filters, strides=1):
    return conv_bn_relu(
        ops.relu(layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)), filters, 3
    )
