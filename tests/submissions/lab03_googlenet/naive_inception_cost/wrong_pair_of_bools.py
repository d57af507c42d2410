# verdict: failed
# aspect: shape
def naive_inception_cost(size, in_channels, f1, f3, f5):
    return True, True
