# verdict: failed
# aspect: call
def conv_bn_relu(x, filters, kernel_size, strides=1):
    raise NotImplementedError()
