# verdict: failed
# aspect: call
def receptive_field(kernels, strides):
    return 1
