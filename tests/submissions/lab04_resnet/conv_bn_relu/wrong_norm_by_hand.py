# verdict: failed
# aspect: params
# misconception: conv_with_norm_by_hand
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
    mean, variance = ops.moments(x, axes=[0, 1, 2])
    return layers.ReLU()((x - mean) / ops.sqrt(variance + 1e-5))
