# verdict: failed
# aspect: output
# misconception: residual_with_two_relus_at_the_end
def residual_block(x, filters, strides=1):
    y = plain_block(x, filters, strides)
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return layers.ReLU()(x + y)
