# verdict: failed
# aspect: params
# misconception: residual_that_adds_the_path_to_itself
def residual_block(x, filters, strides=1):
    x = conv_bn_relu(x, filters, 3, strides)
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    x = BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, x]))
