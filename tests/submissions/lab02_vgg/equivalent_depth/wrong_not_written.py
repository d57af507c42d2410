# verdict: failed
# aspect: call
def equivalent_depth(kernel_size):
    raise NotImplementedError()
