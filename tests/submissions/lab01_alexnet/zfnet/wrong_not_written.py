# verdict: failed
# aspect: call
def zfnet(input_shape=(224, 224, 3), classes=1000):
    raise NotImplementedError()
