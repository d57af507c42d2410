# verdict: failed
# aspect: call
def stacked_params(kernel_size, depth, channels):
    raise NotImplementedError()
