# verdict: failed
# aspect: call
def stacked_macs(size, kernel_size, depth, channels):
    raise NotImplementedError()
