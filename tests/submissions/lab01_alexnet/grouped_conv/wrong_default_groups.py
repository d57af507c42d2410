# verdict: failed
# aspect: call
def grouped_conv(x, filters, kernel_size=3, groups=2, *, padding):
    return x
