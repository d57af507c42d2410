# verdict: failed
# aspect: shape
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return layers.ReLU()
