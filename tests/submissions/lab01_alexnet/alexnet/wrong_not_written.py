# verdict: failed
# aspect: call
def alexnet(input_shape=(227, 227, 3), classes=1000):
    raise NotImplementedError()
