# verdict: failed
# aspect: params
# misconception: residual_of_one_convolution
def residual_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = BatchNormalization()(layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x))
    if x.shape != y.shape:
        x = BatchNormalization()(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return layers.ReLU()(layers.Add()([x, y]))
