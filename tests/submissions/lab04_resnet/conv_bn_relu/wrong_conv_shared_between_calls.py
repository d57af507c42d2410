# verdict: failed
# aspect: params
CONVS = {}


def conv_bn_relu(x, filters, kernel_size, strides=1):
    key = (x.shape, filters, kernel_size, strides)
    if key not in CONVS:
        CONVS[key] = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)
    return layers.ReLU()(layers.BatchNormalization()(CONVS[key](x)))
