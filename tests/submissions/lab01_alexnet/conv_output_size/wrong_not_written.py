# verdict: failed
# aspect: call
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    raise NotImplementedError()
