# verdict: failed
# aspect: output
# misconception: conv_with_norm_of_the_batch
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return layers.ReLU()(
        layers.BatchNormalization()(
            layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x), training=True
        )
    )
