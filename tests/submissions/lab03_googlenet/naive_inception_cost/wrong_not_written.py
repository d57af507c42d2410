# verdict: failed
# aspect: call
def naive_inception_cost(size, in_channels, f1, f3, f5):
    raise NotImplementedError
