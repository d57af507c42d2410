# verdict: failed
# aspect: params
# misconception: bn_relu_conv
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(
        ops.relu(layers.BatchNormalization()(x))
    )
