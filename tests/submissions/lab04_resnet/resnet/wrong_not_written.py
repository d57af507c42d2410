# verdict: failed
# aspect: call
def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    raise NotImplementedError()
