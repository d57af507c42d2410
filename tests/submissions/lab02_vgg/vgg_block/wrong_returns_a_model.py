# verdict: failed
# aspect: shape
def vgg_block(x, filters, convs):
    return keras.Model(x, layers.MaxPooling2D(2)(layers.Conv2D(filters, 3, padding="same")(x)))
