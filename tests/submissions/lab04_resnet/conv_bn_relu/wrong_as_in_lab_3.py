# verdict: failed
# aspect: params
# misconception: conv_as_without_norm
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return layers.ReLU()(layers.Conv2D(filters, kernel_size, strides=strides, padding="same")(x))
