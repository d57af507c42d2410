# verdict: failed
# aspect: params
# misconception: conv_with_norm_by_hand
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    x = batch_norm(x, ops.ones(filters), ops.zeros(filters))
    return layers.ReLU()(x)
