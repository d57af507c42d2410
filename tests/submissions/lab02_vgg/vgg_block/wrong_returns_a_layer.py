# verdict: failed
# aspect: shape
def vgg_block(x, filters, convs):
    return layers.MaxPooling2D(2)
