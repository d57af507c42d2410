# verdict: failed
# aspect: call
def grouped_conv(x, filters, kernel_size, groups):
    raise NotImplementedError()
