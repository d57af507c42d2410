# verdict: failed
# aspect: output
# misconception: residual_with_relu_before_the_addition
def residual_block(x, filters, strides=1):
    y = plain_block(x, filters, strides)
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return layers.Add()([x, y])
