# verdict: failed
# aspect: params
def zfnet(input_shape=(224, 224, 3), classes=1000):
    return alexnet(input_shape, classes)
