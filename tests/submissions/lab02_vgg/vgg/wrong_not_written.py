# verdict: failed
# aspect: call
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    raise NotImplementedError()
