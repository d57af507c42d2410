# verdict: failed
# aspect: training
# misconception: conv_with_norm_that_collects_nothing
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=1.0)(x))
