# verdict: failed
# aspect: params
# misconception: conv_with_frozen_norm
def conv_bn_relu(x, filters, kernel_size, strides=1):
    norm = layers.BatchNormalization()
    norm.trainable = False
    return layers.ReLU()(
        norm(layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x))
    )
