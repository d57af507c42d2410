# verdict: failed
# aspect: call
def googlenet(input_shape, classes):
    raise NotImplementedError
