# verdict: failed
# aspect: params
# misconception: conv_with_layer_norm
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return ops.relu(
        layers.LayerNormalization(axis=-1)(
            layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
        )
    )
