# verdict: failed
# aspect: shape
def googlenet(input_shape, classes):
    return keras.applications.MobileNetV2(input_shape, weights=None, classes=classes, classifier_activation=None)
