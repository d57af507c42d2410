# verdict: failed
# aspect: params
# misconception: bottleneck_that_adds_the_path_to_itself
def bottleneck_block(x, filters, strides=1):
    x = conv_bn_relu(x, filters, 1, strides)
    x = conv_bn_relu(x, filters, 3)
    x = BatchNormalization()(layers.Conv2D(4 * filters, 1, use_bias=False)(x))
    return layers.ReLU()(layers.Add()([x, x]))
